import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { gzipSync } from 'node:zlib';

/**
 * Serves the built web app with the strict policy of the real server and answers a few calls from a table, so that the
 * shell and the kit can be looked at without a company behind them.
 */
export type FixtureServer = { readonly url: string; readonly close: () => Promise<void> };
type Answer = { readonly status?: number; readonly body?: unknown };
export type Answers = Record<string, (body: unknown) => Answer>;

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' blob:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

export async function startFixtureServer(folder: string, answers: Answers): Promise<FixtureServer> {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://local').pathname;
    const work = path.startsWith('/api/')
      ? answerApi(answers, path, request, response)
      : sendFile(folder, path, response);
    work.catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

async function answerApi(answers: Answers, path: string, request: IncomingMessage, response: ServerResponse) {
  if (path === '/api/live') {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write(': hello\n\n');
    return;
  }
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();

  const answer = answers[`${request.method} ${path}`];
  if (answer === undefined) throw new Error(`no answer for ${request.method} ${path}`);
  const { status = 200, body } = answer(text === '' ? undefined : JSON.parse(text));
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}

async function sendFile(folder: string, path: string, response: ServerResponse): Promise<void> {
  const entrance = { c: 'customer.html', hall: 'hall.html' }[path.split('/')[1] ?? ''];
  const page = entrance ?? 'index.html';
  const name = extname(path) === '' ? page : normalize(path).slice(1);
  const content = await readFile(join(folder, name));
  const type = TYPES[extname(name)] ?? 'application/octet-stream';
  const headers = {
    'content-type': type,
    'content-security-policy': POLICY,
    'x-content-type-options': 'nosniff',
  };
  if (type.startsWith('font')) response.writeHead(200, headers).end(content);
  else response.writeHead(200, { ...headers, 'content-encoding': 'gzip' }).end(gzipSync(content));
}
