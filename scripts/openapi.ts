import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { interfaceText } from '#app/openapi.ts';
import { unconnectedApp } from '#app/testing/unconnected-app.ts';

// `npm run openapi`: writes openapi.json, the interface that all routes together give.

const app = await unconnectedApp();
writeFileSync(join(import.meta.dirname, '..', 'openapi.json'), interfaceText(app));
await app.close();
