import type { FastifyInstance } from 'fastify';

/** What the door says no to, with the status; the shell turns it into a sentence. */
export class BadRequest extends Error {
  readonly statusCode: number;
  readonly code: string;

  constructor(statusCode: number, code: string) {
    super(code);
    this.statusCode = statusCode;
    this.code = code;
  }
}

const DEEPEST = 32;
const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * The strict JSON door (reliability §3e). The framework's own parser stores broken encodings as U+FFFD, passes NUL on to
 * the database and overflows the stack on deep nesting; this one says what is wrong and lets nothing in.
 */
export function useStrictJson(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(/^application\/json\s*(;.*)?$/i, { parseAs: 'buffer' }, (request, body, done) => {
    try {
      done(null, parseStrictly(body as Buffer, request.headers['content-type'] ?? ''));
    } catch (error) {
      done(error as Error, undefined);
    }
  });
  app.addContentTypeParser('*', (_request, _payload, done) => {
    done(new BadRequest(415, 'http.not-json'), undefined);
  });
}

function parseStrictly(body: Buffer, contentType: string): unknown {
  const charset = /charset\s*=\s*"?([^;"\s]+)/i.exec(contentType)?.[1];
  if (charset !== undefined && charset.toLowerCase() !== 'utf-8') throw new BadRequest(415, 'http.charset');
  const text = decode(body);
  if (depthOf(text) > DEEPEST) throw new BadRequest(400, 'http.too-deep');
  const value = parse(text);
  refuseBadText(value);
  return value;
}

function decode(body: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    // The cause is always the same and holds nothing of use: bytes that are not UTF-8, for example GB18030.
    throw new BadRequest(400, 'http.not-utf8');
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's text quotes the input, which may be personal data.
    throw new BadRequest(400, 'http.not-json');
  }
}

/** Counted before parsing: `JSON.parse` itself overflows the stack at some twenty thousand levels. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (inString) {
      if (c === '\\') i++;
      else if (c === '"') inString = false;
    } else if (c === '"') inString = true;
    else if (c === '{' || c === '[') deepest = Math.max(deepest, ++depth);
    else if (c === '}' || c === ']') depth--;
  }
  return deepest;
}

function refuseBadText(value: unknown): void {
  if (typeof value === 'string') {
    if (!value.isWellFormed() || value.includes('\0')) throw new BadRequest(400, 'http.bad-text');
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      if (FORBIDDEN_KEYS.has(key)) throw new BadRequest(400, 'http.bad-key');
      refuseBadText(key);
      refuseBadText(inner);
    }
  }
}
