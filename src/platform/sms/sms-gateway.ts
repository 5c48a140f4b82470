/** What became of one attempt. `failed`: surely not sent, the gateway's fault. `unknown`: it may have been sent. */
export type Outcome =
  | { readonly kind: 'sent'; readonly gatewayId: string | null }
  | { readonly kind: 'rejected' | 'failed' | 'unknown'; readonly code: string };

type SmsMessage = { readonly id: string; readonly phone: string; readonly text: string };

export type SmsGateway = {
  /** Shown on the queue page: nothing left the house. */
  readonly demo: boolean;
  /** It knows our id, so a message whose outcome is unknown may be sent again without doubling. */
  readonly repeatable: boolean;
  send(message: SmsMessage): Promise<Outcome>;
};

/**
 * A gateway as its operator describes it. `url`, `headers` and `body` may hold `{id}`, `{phone}` and `{text}`, which are
 * put in as JSON text in a JSON body, URL-encoded in an address or a form. `success` must hold for the answer: a status, and where the gateway
 * answers 200 to everything, a field of its JSON.
 */
export type SmsConfig = {
  readonly url: string;
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  readonly success: {
    readonly status: readonly number[];
    readonly field?: string;
    readonly equals?: string;
  };
  /** Field of the answer that names the message at the gateway. */
  readonly idField?: string;
  readonly timeoutMs: number;
};

/** Answers of a gateway are read up to here; a page of HTML tells nothing. */
const LONGEST_ANSWER = 10_000;
/** Statuses that say "not now" and not "not this message". */
const GATEWAY_FAULT = new Set([401, 403, 404, 408, 429]);

export function httpSms(config: SmsConfig): SmsGateway {
  return {
    demo: false,
    repeatable: [config.url, config.body ?? '', ...Object.values(config.headers)].some((part) =>
      part.includes('{id}'),
    ),
    async send(message) {
      try {
        return await outcomeOf(config, await ask(config, message));
      } catch (error) {
        return faultOf(error);
      }
    },
  };
}

/** For a demo company: what would be sent is shown on the queue page, and goes nowhere. */
export const demoSms: SmsGateway = {
  demo: true,
  repeatable: true,
  send: async () => ({ kind: 'sent', gatewayId: 'demo' }),
};

async function ask(config: SmsConfig, message: SmsMessage): Promise<Response> {
  const isJson = Object.entries(config.headers).some(
    ([name, value]) => /^content-type$/i.test(name) && /json/i.test(value),
  );
  const inBody = isJson ? (text: string) => JSON.stringify(text).slice(1, -1) : encodeURIComponent;
  const headers = Object.entries(config.headers).map(([name, value]) => [
    name,
    fill(value, message, encodeURIComponent),
  ]);
  return await fetch(fill(config.url, message, encodeURIComponent), {
    method: config.method,
    headers: Object.fromEntries(headers) as Record<string, string>,
    redirect: 'error',
    signal: AbortSignal.timeout(config.timeoutMs),
    ...(config.body === null ? {} : { body: fill(config.body, message, inBody) }),
  });
}

function fill(template: string, message: SmsMessage, encode: (text: string) => string): string {
  return template.replaceAll(/\{(id|phone|text)\}/g, (_, name: keyof SmsMessage) => encode(message[name]));
}

async function outcomeOf(config: SmsConfig, response: Response): Promise<Outcome> {
  const { status } = response;
  const text = (await response.text()).slice(0, LONGEST_ANSWER);
  if (status >= 500) return { kind: 'unknown', code: `gateway.${status}` };
  if (GATEWAY_FAULT.has(status)) return { kind: 'failed', code: `gateway.${status}` };
  if (!config.success.status.includes(status)) return { kind: 'rejected', code: `gateway.${status}` };
  const answer = fieldsOf(text);
  const { field, equals } = config.success;
  if (field !== undefined && String(answer[field]) !== equals)
    return { kind: 'rejected', code: `gateway.answer.${codeOf(answer[field])}` };
  const named = config.idField === undefined ? undefined : answer[config.idField];
  return { kind: 'sent', gatewayId: named === undefined ? null : String(named).slice(0, 100) };
}

function fieldsOf(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    // Not JSON: a field that is asked for is then absent, and the message counts as rejected.
    return {};
  }
}

/** Only what looks like a code is kept: an answer may quote the phone or the text (design rule 8). */
function codeOf(value: unknown): string {
  const text = String(value);
  return /^[\w.-]{1,20}$/.test(text) && !/\d{7}/.test(text) ? text : 'other';
}

/** A refused connection or an unknown host never carried the message; everything else may have. */
function faultOf(error: unknown): Outcome {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  if (/^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT)$/.test(code))
    return { kind: 'failed', code: 'gateway.unreachable' };
  if (error instanceof Error && error.name === 'TimeoutError')
    return { kind: 'unknown', code: 'gateway.timeout' };
  return { kind: 'unknown', code: 'gateway.broken-off' };
}
