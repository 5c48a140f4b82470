import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartRefusal } from './start-refusal.ts';

/** AES-256-GCM: what was altered, or moved to another row, does not open. */
const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const SEALED = /^v1\.([0-9a-f]{8})\.([\w-]+)$/;
/** In the data folder; no backup holds it (docs/operations.md). */
export const KEY_FILE = 'secret.key';

/** Seals what must be read again and must not lie plain in the database: whoever has a copy of that, has nothing. */
export type Vault = {
  /** `place` names the row, for example `second_factors <person>`: what is copied to another row does not open. */
  seal(text: string, place: string): string;
  /** Throws when it was sealed with another key or for another place. */
  open(sealed: string, place: string): string;
  /** Sealed with this key; `undefined` for what is not sealed at all. */
  isOurs(text: string): boolean | undefined;
};

export function vaultOf(key: Buffer): Vault {
  const keyId = createHash('sha256').update('dafuwu key ').update(key).digest('hex').slice(0, 8);
  return {
    seal(text, place) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(CIPHER, key, nonce).setAAD(Buffer.from(place));
      const body = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return `v1.${keyId}.${body.toString('base64url')}`;
    },
    open(sealed, place) {
      const [, by, text] = SEALED.exec(sealed) ?? [];
      if (by !== keyId || text === undefined)
        throw new Error(
          `sealed with key ${by ?? 'none'}, ours is ${keyId}: see “The key” in docs/operations.md`,
        );
      const body = Buffer.from(text, 'base64url');
      const decipher = createDecipheriv(CIPHER, key, body.subarray(0, NONCE_BYTES))
        .setAAD(Buffer.from(place))
        .setAuthTag(body.subarray(-TAG_BYTES));
      return (
        decipher.update(body.subarray(NONCE_BYTES, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8')
      );
    },
    isOurs(text) {
      const [, by] = SEALED.exec(text) ?? [];
      return by === undefined ? undefined : by === keyId;
    },
  };
}

/** A key that dies with the program: for tests, and for what never runs. */
export const passingVault: Vault = vaultOf(randomBytes(KEY_BYTES));

/** `DAFUWU_KEY`, or the file in the data folder, which the first start makes. */
export function vaultFor(config: { readonly key: Buffer | null; readonly dataFolder: string }): Vault {
  const { key, dataFolder } = config;
  return vaultOf(key ?? keyFrom(join(dataFolder, KEY_FILE), dataFolder));
}

function keyFrom(file: string, folder: string): Buffer {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  try {
    writeFileSync(file, `${randomBytes(KEY_BYTES).toString('base64')}\n`, {
      flag: 'wx',
      mode: 0o600,
      flush: true,
    });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  const key = parseKey(readFileSync(file, 'utf8'));
  if (key !== undefined) return key;
  throw new StartRefusal(
    `密钥文件 ${file} 已损坏，请换回备份中的那一份。`,
    `The key file ${file} is damaged: put back the copy that you kept.`,
  );
}

/** 32 bytes in base64, as `openssl rand -base64 32` prints them. */
export function parseKey(text: string): Buffer | undefined {
  const key = Buffer.from(text.trim(), 'base64');
  return key.length === KEY_BYTES && key.toString('base64') === text.trim() ? key : undefined;
}
