/**
 * Which department leads the work of a business until somebody is named for the order (domain-rules §3.1 "default
 * handler", §4.1 "responsible"). The codes are those of `handbook/units.yaml`.
 */
const LEADS: Readonly<Record<string, string>> = {
  expansion: 'marketing',
  hall: 'marketing',
  repair: 'repair-centre',
  billing: 'marketing',
  metering: 'marketing',
  voice: 'marketing',
  outage: 'operation',
  inquiry: 'marketing',
  safety: 'marketing',
  account: 'marketing',
};

/**
 * The control centre leads what no department owns; it also stands in where the leading department is accused. What has a
 * closed list is led by the first unit of it.
 */
export function leadUnitOf(
  { business, closedTo }: { readonly business: string; readonly closedTo?: readonly string[] },
  accusedUnit: string | null,
): string {
  const closed = closedTo?.find((unit) => unit !== accusedUnit);
  if (closed !== undefined) return closed;
  const lead = LEADS[business] ?? 'control-centre';
  return lead === accusedUnit ? 'control-centre' : lead;
}
