/** A statement with its parameters. Made only by the `sql` tag, so no value can slip into the text. */
export type Sql = { readonly text: string; readonly values: readonly unknown[] };

const made = new WeakSet<object>();

/**
 * `sql` builds a parameterised statement: every interpolated value becomes `$n`; an interpolated `Sql` is
 * inlined with its own parameters, so fragments compose.
 *
 *     sql`select cases.id from cases where cases.company_id = ${companyId} and ${visible}`
 */
export function sql(strings: TemplateStringsArray, ...parts: readonly unknown[]): Sql {
  let text = strings[0] ?? '';
  const values: unknown[] = [];
  parts.forEach((part, i) => {
    if (isSql(part)) {
      text += part.text.replace(/\$(\d+)/g, (_, n: string) => `$${Number(n) + values.length}`);
      values.push(...part.values);
    } else {
      if (part === undefined) throw new Error(`sql parameter ${values.length + 1} is undefined; use null`);
      values.push(part);
      text += `$${values.length}`;
    }
    text += strings[i + 1] ?? '';
  });
  return seal({ text, values });
}

/** Joins fragments, for example conditions with `' and '`. `separator` is code, never input. */
export function sqlJoin(fragments: readonly Sql[], separator: string): Sql {
  let text = '';
  const values: unknown[] = [];
  fragments.forEach((fragment, i) => {
    if (i > 0) text += separator;
    text += fragment.text.replace(/\$(\d+)/g, (_, n: string) => `$${Number(n) + values.length}`);
    values.push(...fragment.values);
  });
  return seal({ text, values });
}

/** A quoted identifier (a table or column whose name is decided by code). */
export function sqlName(name: string): Sql {
  if (!/^[a-z_][a-z0-9_]*$/.test(name)) throw new Error(`not an identifier of ours: ${name}`);
  return seal({ text: `"${name}"`, values: [] });
}

function isSql(part: unknown): part is Sql {
  return typeof part === 'object' && part !== null && made.has(part);
}

function seal(statement: Sql): Sql {
  made.add(statement);
  return statement;
}
