import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';

/** OWASP's first choice for Argon2id; some 60 ms. The parameters stand in the hash, so they can be raised later. */
const PARAMETERS = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 };
/** A flood of sign-ins must not starve the counter: at most two at once in a process. */
const AT_ONCE = 2;

let running = 0;
const waiting: (() => void)[] = [];

/** `argon2id$memory$passes$parallelism$salt$hash`, salt and hash in base64. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const hash = await derive(password, salt, PARAMETERS);
  const { memory, passes, parallelism } = PARAMETERS;
  return ['argon2id', memory, passes, parallelism, salt.toString('base64'), hash.toString('base64')].join(
    '$',
  );
}

export async function verifyPassword(password: string, stored: string): Promise<boolean> {
  const [kind, memory, passes, parallelism, salt, expected] = stored.split('$');
  if (kind !== 'argon2id' || salt === undefined || expected === undefined) return false;
  const tag = Buffer.from(expected, 'base64');
  const numbers = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) };
  const hash = await derive(password, Buffer.from(salt, 'base64'), { ...numbers, tagLength: tag.length });
  return timingSafeEqual(hash, tag);
}

async function derive(password: string, nonce: Buffer, parameters: typeof PARAMETERS): Promise<Buffer> {
  if (running >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
  running += 1;
  try {
    return await new Promise((resolve, reject) =>
      argon2('argon2id', { message: password, nonce, ...parameters }, (error, hash) =>
        error ? reject(error) : resolve(hash),
      ),
    );
  } finally {
    running -= 1;
    waiting.shift()?.();
  }
}
