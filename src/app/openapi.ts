import swagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';

/** The interface as OpenAPI 3.1, from the very schemas that check requests. Registered before any route. */
export async function describeInterface(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'dafuwu',
        version: '0.1.0',
        description:
          'Writes carry `x-dafuwu-csrf: 1` and an `idempotency-key`; staff are known by the session cookie alone. ' +
          '`x-authz` names the permission and the kind of object of a route; who has which is in security/matrix.csv. ' +
          'Every refusal is `{error: {code, message, detail, requestId}}`.',
      },
    },
    transform: ({ schema, url }) => ({ schema, url }),
  });
}

/** The document in a form that does not change with the order of registration. */
export function interfaceText(app: FastifyInstance): string {
  const document = app.swagger() as { paths?: Record<string, unknown> };
  const paths = Object.fromEntries(
    Object.entries(document.paths ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
  return `${JSON.stringify({ ...document, paths }, null, 2)}\n`;
}
