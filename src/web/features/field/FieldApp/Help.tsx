import { HELP_REASONS, type HelpReason } from '#modules/process/domain/index.ts';
import { formatTime } from '../../../lib/format.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import type { Device } from '../device.ts';
import { didsOf } from '../did.ts';
import type { JobView } from '../job-view.ts';
import { messages } from '../messages.ts';
import { ReasonForm } from './ReasonForm.tsx';
import { useDevice } from './use-device.ts';

const REASONS = (Object.keys(HELP_REASONS) as HelpReason[]).map((id) => ({ id, name: HELP_REASONS[id] }));

/** 求助: the crew cannot go on alone, and the dispatcher decides what becomes of it. */
export function Help({ device, view }: { device: Device; view: JobView }) {
  const t = useT(messages);
  const { language } = useLanguage();
  const { orderId } = view.job;
  const said = didsOf(useDevice(device).entries);
  return (
    <ReasonForm
      title={t('help.title')}
      hint={t('help.hint')}
      words={t('help.words')}
      send={t('help.send')}
      reasons={REASONS}
      onSend={(asked) => device.did({ kind: 'help', orderId, ...asked })}
    >
      {said.map(({ request, at }) =>
        request.kind === 'help' && request.orderId === orderId ? (
          <p key={at} role="status">
            {t('help.said', { what: HELP_REASONS[request.reason][language], time: formatTime(at) })}
          </p>
        ) : null,
      )}
    </ReasonForm>
  );
}
