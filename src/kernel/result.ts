/**
 * A refusal is a value, not a throw: the domain says which rule said no (`code`, owned by the module) and the
 * facts a message needs (`detail`: ids, codes, numbers; never personal data).
 */
export type Refusal = {
  readonly refused: string;
  readonly detail?: Readonly<Record<string, string | number>>;
};

export function refuse(code: string, detail?: Refusal['detail']): Refusal {
  return detail === undefined ? { refused: code } : { refused: code, detail };
}

export function isRefusal(value: unknown): value is Refusal {
  return (
    typeof value === 'object' && value !== null && 'refused' in value && typeof value.refused === 'string'
  );
}
