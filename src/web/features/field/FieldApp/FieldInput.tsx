import { HOUR } from '#kernel/instant.ts';
import type { FactValue, StepField } from '#modules/process/domain/index.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { serverNow } from '../../../lib/server-clock.ts';
import { messages } from '../messages.ts';
import styles from './FieldApp.module.css';

/** One field of a step, for thumbs: the phone's own keyboards and lists. */
export function FieldInput(props: {
  field: StepField;
  value: FactValue | undefined;
  /** A measured value that is not between its limits. */
  outside: boolean;
  onChange: (value: FactValue | undefined) => void;
}) {
  const t = useT(messages);
  const { language } = useLanguage();
  const { field, value, outside, onChange } = props;
  const name = `${field.name[language]}${field.required === true ? ' *' : ''}`;
  const typed = (text: string) => onChange(text === '' ? undefined : text);
  switch (field.type) {
    case 'boolean':
      return (
        <fieldset className={styles['row']}>
          <legend>{name}</legend>
          {[true, false].map((one) => (
            <button
              key={String(one)}
              type="button"
              className={styles['button']}
              aria-pressed={value === one}
              onClick={() => onChange(one)}
            >
              {t(one ? 'step.yes' : 'step.no')}
            </button>
          ))}
        </fieldset>
      );
    case 'enum':
      return (
        <label className={styles['field']}>
          <span>{name}</span>
          <select value={String(value ?? '')} onChange={(event) => typed(event.target.value)}>
            <option value="">{t('step.choose')}</option>
            {(field.options ?? []).map((option) => (
              <option key={option.id} value={option.id}>
                {option.name[language]}
              </option>
            ))}
          </select>
        </label>
      );
    case 'number':
      return (
        <div className={styles['field']}>
          <label className={styles['field']}>
            <span>{name}</span>
            <span className={styles['measure']}>
              <input
                type="number"
                inputMode="decimal"
                step="any"
                value={typeof value === 'number' ? value : ''}
                onChange={(event) =>
                  onChange(event.target.value === '' ? undefined : Number(event.target.value))
                }
              />
              {field.unit}
            </span>
          </label>
          {outside && <strong role="alert">{t('step.outside')}</strong>}
          {field.band !== undefined && (
            <span className={styles['small']}>
              {t('step.band', { ...field.band, unit: field.unit ?? '' })}
            </span>
          )}
        </div>
      );
    case 'instant':
      return (
        <div className={styles['field']}>
          <label className={styles['field']}>
            <span>{name}</span>
            <input
              type="datetime-local"
              value={typeof value === 'number' ? new Date(value + 8 * HOUR).toISOString().slice(0, 16) : ''}
              onChange={(event) =>
                onChange(event.target.value === '' ? undefined : Date.parse(`${event.target.value}+08:00`))
              }
            />
          </label>
          <button
            type="button"
            className={styles['button']}
            aria-label={`${field.name[language]} ${t('step.now')}`}
            onClick={() => onChange(Math.round(serverNow()))}
          >
            {t('step.now')}
          </button>
        </div>
      );
    case 'text':
      return (
        <label className={styles['field']}>
          <span>{name}</span>
          <textarea
            rows={2}
            maxLength={4000}
            value={typeof value === 'string' ? value : ''}
            onChange={(event) => typed(event.target.value)}
          />
        </label>
      );
  }
}
