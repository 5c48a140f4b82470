import type { DoorDefinition, DoorTable } from '#modules/process/domain/index.ts';

export type Chosen = { readonly process: string; readonly caseType: string };

/** What their business type is with us: the first line of the table that a word of it stands in. */
export function chooseProcess(
  door: Pick<DoorDefinition, 'types' | 'otherwise'>,
  kind: string | undefined,
): Chosen | undefined {
  const said = (kind ?? '').normalize('NFKC');
  const found = door.types.find((type) => type.says.some((word) => said.includes(word)));
  return found === undefined ? door.otherwise : { process: found.process, caseType: found.caseType };
}

/** City, country or remote, as their field says it; null when it says nothing of the kind. */
export function areaSaid(
  areas: DoorTable['areas'],
  text: string | undefined,
): 'city' | 'rural' | 'remote' | null {
  const said = text ?? '';
  // 特殊边远农村 is remote: the rarer word first.
  const order = ['remote', 'city', 'rural'] as const;
  return order.find((area) => areas[area].some((word) => said.includes(word))) ?? null;
}
