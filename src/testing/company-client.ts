import { Agent, request as httpRequest } from 'node:http';

export type Answer = { readonly status: number; readonly body: unknown };

/** What a signed-in person's browser would send, without the browser. */
export type Signed = {
  get(path: string): Promise<Answer>;
  /** `key`: the idempotency key; the same one again is the same request again. */
  post(path: string, body: unknown, key: string): Promise<Answer>;
};

export type CompanyClient = {
  readonly address: string;
  signIn(login: string, password: string): Promise<Signed>;
  /** Without a session: what customers and devices use. */
  readonly anybody: Signed;
  close(): void;
};

/** A client of the running program, with as many connections as there are requests at once. */
export function companyClient(address: string): CompanyClient {
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  const { hostname, port } = new URL(address);

  function send(
    method: string,
    path: string,
    headers: Readonly<Record<string, string>>,
    body: unknown,
  ): Promise<Answer & { readonly cookie: string }> {
    return new Promise((resolve, reject) => {
      const text = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
      const sized =
        text === undefined
          ? headers
          : {
              ...headers,
              'x-dafuwu-csrf': '1',
              'content-type': 'application/json',
              'content-length': String(text.length),
            };
      const sent = httpRequest(
        { hostname, port, method, path, headers: sized, agent, timeout: 30_000 },
        (reply) => {
          const chunks: Buffer[] = [];
          reply.on('data', (chunk: Buffer) => chunks.push(chunk));
          reply.on('error', reject);
          reply.on('end', () => {
            const raw = Buffer.concat(chunks).toString();
            const cookie = (reply.headers['set-cookie'] ?? []).map((one) => one.split(';')[0]).join('; ');
            const isJson = reply.headers['content-type']?.includes('json') === true;
            resolve({ status: reply.statusCode ?? 0, body: isJson ? JSON.parse(raw) : raw, cookie });
          });
        },
      );
      sent.on('error', reject);
      sent.on('timeout', () => sent.destroy(new Error('no answer within 30 s')));
      sent.end(text);
    });
  }

  function signed(cookie: Readonly<Record<string, string>>): Signed {
    return {
      get: (path) => send('GET', path, cookie, undefined),
      post: (path, body, key) => send('POST', path, { ...cookie, 'idempotency-key': key }, body),
    };
  }

  return {
    address,
    anybody: signed({}),
    async signIn(login, password) {
      const { status, cookie, body } = await send('POST', '/api/session', {}, { login, password });
      if (status !== 204) throw new Error(`${login} could not sign in: ${status} ${JSON.stringify(body)}`);
      return signed({ cookie });
    },
    close: () => agent.destroy(),
  };
}
