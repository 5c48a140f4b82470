import { handbookSchemas } from './check-handbook.ts';

/** The JSON Schemas that editors read, as committed under `handbook/schema/`: file name → text. */
export function editorSchemas(): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(handbookSchemas).map(([name, schema]) => {
      const whole = { $schema: 'https://json-schema.org/draft/2020-12/schema', ...schema };
      return [`${name}.json`, `${JSON.stringify(whole, null, 2)}\n`];
    }),
  );
}
