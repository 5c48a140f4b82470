import { fieldStepsOf } from '#modules/process/domain/index.ts';
import { isMadeSafe } from '#modules/repair/domain/index.ts';
import type { FieldJobs } from '#modules/repair/field-api.ts';
import { useT } from '../../../lib/i18n.ts';
import type { Device } from '../device.ts';
import type { JobView } from '../job-view.ts';
import { messages } from '../messages.ts';
import { ReasonForm } from './ReasonForm.tsx';

/** 退单: the order is not this crew's. It leaves the phone, and the dispatcher sends it on. */
export function GiveBack(props: { device: Device; view: JobView; reasons: FieldJobs['backReasons'] }) {
  const t = useT(messages);
  const { device, view, reasons } = props;
  const { step, definition, state, job } = view;
  const dispatch = fieldStepsOf(definition)?.dispatch ?? '';
  if (step === undefined || step.step.returnsTo?.includes(dispatch) !== true) return null;
  if (isMadeSafe(definition, state.steps)) return null;
  const { ref } = step;
  return (
    <ReasonForm
      title={t('back.title')}
      hint={t('back.hint')}
      words={t('back.words')}
      send={t('back.send')}
      reasons={reasons}
      onSend={(said) => device.did({ kind: 'back', orderId: job.orderId, ref, ...said })}
    />
  );
}
