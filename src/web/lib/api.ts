/**
 * The one way to the server. Reads throw `ApiError`; writes carry the CSRF header and an idempotency key, which stays the
 * same while a write is repeated, so that a repeated click or a lost answer never doubles anything.
 */
export type ErrorBody = {
  readonly code: string;
  readonly message: string;
  readonly detail?: Readonly<Record<string, string | number>>;
  readonly requestId?: string;
};

export class ApiError extends Error {
  readonly status: number;
  readonly body: ErrorBody;

  constructor(status: number, body: ErrorBody) {
    super(body.message);
    this.name = 'ApiError';
    this.status = status;
    this.body = body;
  }
}

/** No answer came: the line is down, or the program is. Nothing is known to be written. */
export const NO_ANSWER = 'client.no-answer';

export type WriteMethod = 'POST' | 'PUT' | 'PATCH' | 'DELETE';

type Listener = (error: ApiError) => void;
const refusedSessions = new Set<Listener>();

/** The password must be changed before anything else. */
export const PASSWORD_FIRST = 'session.password-first';

/** Calls back whenever the server says that the session is locked or over (401), or that the password comes first. */
export function onSessionRefused(listener: Listener): () => void {
  refusedSessions.add(listener);
  return () => refusedSessions.delete(listener);
}

/** Further headers of a call: a customer's link, for one. */
export type Headers = Readonly<Record<string, string>>;

/** Reads JSON. `signal` comes from the query, so that a page that was left asks no more. */
export async function get<T>(path: string, signal?: AbortSignal, headers: Headers = {}): Promise<T> {
  return await send<T>(path, { method: 'GET', headers, ...(signal ? { signal } : {}) });
}

/** Sends one file. The server goes by its content: sent twice it is one. */
export async function upload<T>(
  path: string,
  file: File,
  headers: Headers = {},
  signal?: AbortSignal,
): Promise<T> {
  const body = new FormData();
  body.append('file', file);
  const init = { method: 'POST', headers: { ...headers, 'x-dafuwu-csrf': '1' }, body };
  return await send<T>(path, signal === undefined ? init : { ...init, signal });
}

/** Writes JSON once; for a write that may be repeated hold the key yourself, or use `useWrite`. */
export async function write<T>(
  method: WriteMethod,
  path: string,
  body: unknown,
  idempotencyKey: string = newKey(),
  further: Headers = {},
  signal?: AbortSignal,
): Promise<T> {
  const until = signal === undefined ? {} : { signal };
  const headers: Record<string, string> = {
    ...further,
    'idempotency-key': idempotencyKey,
    'x-dafuwu-csrf': '1',
  };
  if (body === undefined) return await send<T>(path, { method, headers, ...until });
  headers['content-type'] = 'application/json';
  return await send<T>(path, { method, headers, body: JSON.stringify(body), ...until });
}

/** A fresh idempotency key. `randomUUID` needs a secure origin; a hall screen may stand on plain HTTP. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** True where the outcome is unknown or the refusal is about the session: the same key must be used again. */
export function mayRepeat(error: unknown): boolean {
  return !(error instanceof ApiError) || error.status === 0 || error.status === 401 || error.status >= 500;
}

async function send<T>(path: string, init: RequestInit): Promise<T> {
  const response = await answerTo(path, init);
  if (response.status === 204) return undefined as T;

  const text = await response.text();
  const body = parse(text);
  if (response.ok) return body as T;

  const error = new ApiError(response.status, errorBodyOf(body, response));
  if (response.status === 401 || error.body.code === PASSWORD_FIRST)
    for (const listener of refusedSessions) listener(error);
  throw error;
}

async function answerTo(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, { credentials: 'same-origin', ...init });
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw new ApiError(0, { code: NO_ANSWER, message: String(cause) });
  }
}

function parse(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function errorBodyOf(body: unknown, response: Response): ErrorBody {
  if (typeof body === 'object' && body !== null && 'error' in body) return body.error as ErrorBody;
  return { code: `http.${response.status}`, message: `${response.status} ${response.statusText}` };
}
