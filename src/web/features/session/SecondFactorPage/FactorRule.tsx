import { useQuery } from '@tanstack/react-query';
import { Switch } from 'antd';
import { useT } from '../../../lib/i18n.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { messages } from '../messages.ts';
import { ruleQuery, useFactorRule } from '../session-queries.ts';

/** The company's rule for its three administrators, and who of them has none yet. */
export function FactorRule() {
  const t = useT(messages);
  const rule = useQuery(ruleQuery);
  const change = useFactorRule();
  if (!rule.data) return null;
  const { required, without } = rule.data;
  return (
    <section>
      <h2>{t('factor.rule')}</h2>
      <p>
        <Switch
          aria-label={t('factor.rule')}
          checked={required}
          loading={change.isPending}
          onChange={(wanted) => change.mutate({ required: wanted })}
        />{' '}
        {t(required ? 'factor.ruleOn' : 'factor.ruleOff')}
      </p>
      {without.length > 0 && (
        <p>{t('factor.without', { names: without.map((one) => one.name).join(t('factor.and')) })}</p>
      )}
      {change.error && <ErrorPanel error={change.error} />}
    </section>
  );
}
