import type { FastifyInstance } from 'fastify';

/** A staff route as the interface describes it. */
export type InterfaceRoute = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** With its parameters as `{id}`. */
  readonly path: string;
  readonly summary: string;
  readonly permission: string;
  readonly object: string;
  readonly body: JsonSchema | undefined;
  readonly query: Readonly<Record<string, JsonSchema>>;
};

export type JsonSchema = {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: JsonSchema;
};

type Operation = {
  readonly summary?: string;
  readonly 'x-authz'?: { readonly permission: string; readonly object: string };
  readonly parameters?: readonly {
    readonly in: string;
    readonly name: string;
    readonly schema: JsonSchema;
  }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: JsonSchema }>> };
};

/** All routes that ask for a permission, in the order of their addresses. */
export function interfaceRoutes(app: FastifyInstance): readonly InterfaceRoute[] {
  const { paths = {} } = app.swagger() as { paths?: Record<string, Record<string, Operation>> };
  return Object.entries(paths)
    .flatMap(([path, operations]) =>
      Object.entries(operations).flatMap(([method, one]): InterfaceRoute[] => {
        const authz = one['x-authz'];
        if (authz === undefined) return [];
        return [
          {
            method: method.toUpperCase() as InterfaceRoute['method'],
            path,
            summary: one.summary ?? '',
            permission: authz.permission,
            object: authz.object,
            body: one.requestBody?.content['application/json']?.schema,
            query: Object.fromEntries(
              (one.parameters ?? [])
                .filter((parameter) => parameter.in === 'query')
                .map(({ name, schema }) => [name, schema]),
            ),
          },
        ];
      }),
    )
    .toSorted((a, b) => (`${a.path} ${a.method}` < `${b.path} ${b.method}` ? -1 : 1));
}

export const SOME_ID = '019a0000-0000-7000-8000-00000000beef';

/** A value that fits a schema and means nothing: the door lets it through, the rules refuse it. */
export function sampleOf(schema: JsonSchema): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  if (schema.anyOf !== undefined)
    return sampleOf(schema.anyOf.find((one) => one.type === 'null') ?? schema.anyOf[0] ?? {});
  switch (schema.type) {
    case 'object':
      return Object.fromEntries(
        (schema.required ?? []).map((name) => [name, sampleOf(schema.properties?.[name] ?? {})]),
      );
    case 'array':
      return Array.from({ length: schema.minItems ?? 0 }, () => sampleOf(schema.items ?? {}));
    case 'integer':
    case 'number':
      return schema.minimum ?? 1;
    case 'boolean':
      return false;
    case 'null':
      return null;
    default:
      return schema.format === 'uuid' ? SOME_ID : '样本'.padEnd(schema.minLength ?? 2, '字');
  }
}

/** The address with every parameter filled; ids are those given, or of nothing that exists. */
export function addressOf(path: string, id: string = SOME_ID): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => {
    if (name === 'id') return id;
    return name.endsWith('Id') ? SOME_ID : '16400000000';
  });
}
