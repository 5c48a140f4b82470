import type { CommandRow } from '#modules/repair/command-api.ts';
import type { Language, Translate } from '../../../lib/i18n.ts';
import type { CommandMessage } from '../messages.ts';

type T = Translate<CommandMessage>;

/** What a row is called: the village or compound, else the device, the transformer, the station. */
export function nameOf(row: CommandRow, t: T, language: Language): string {
  const known = row.place ?? row.incident?.device?.name ?? row.transformer ?? row.station;
  const name = known ?? row.process?.[language] ?? t('row.nowhere');
  return row.drill ? t('row.drill', { name }) : name;
}

/** The device that is believed to be open, else the transformer, else the feeder. */
export function supplyOf(row: CommandRow): string | null {
  return row.incident?.device?.name ?? row.transformer ?? row.feeder;
}

/** `42 户 · 重要用户 1`. */
export function concernedBy(row: CommandRow, t: T, count: (n: number) => string): string {
  return [
    ...(row.households > 0 ? [t('row.households', { count: count(row.households) })] : []),
    ...(row.important > 0 ? [t('row.important', { count: row.important })] : []),
    ...(row.medical > 0 ? [t('row.medical', { count: row.medical })] : []),
  ].join(' · ');
}

/** All words of a row, for the filter. */
export function textOf(row: CommandRow, t: T, language: Language): string {
  const { no, transformer, feeder, station, crew, stage } = row;
  return [
    no,
    nameOf(row, t, language),
    supplyOf(row),
    transformer,
    feeder,
    station,
    crew?.holder,
    crew?.unit,
    t(`stage.${stage}`),
  ]
    .filter((one) => one !== null && one !== undefined)
    .join(' ');
}
