import { constants } from 'node:fs';
import { access, stat, statfs } from 'node:fs/promises';
import { get as getHttp } from 'node:http';
import { get as getHttps } from 'node:https';
import { connect } from 'node:net';

const PATIENCE_MS = 5000;

/** What a folder is to us: whether we may write there, whether others may read, and how much room is left. */
export async function folderState(
  path: string,
): Promise<
  { readonly writable: boolean; readonly openToOthers: boolean; readonly freeBytes: number } | undefined
> {
  try {
    const { mode } = await stat(path);
    const { bavail, bsize } = await statfs(path);
    const writable = await access(path, constants.W_OK).then(
      () => true,
      () => false,
    );
    return { writable, openToOthers: (mode & 0o044) !== 0, freeBytes: bavail * bsize };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** When a file was written; long ago where there is none. */
export async function madeAt(path: string): Promise<number> {
  return await stat(path).then(
    (file) => file.mtimeMs,
    () => 0,
  );
}

/** Whether somebody listens there. Nothing is said to him. */
export async function canConnect(host: string, port: number): Promise<boolean> {
  return await new Promise((resolve) => {
    const socket = connect({ host, port, timeout: PATIENCE_MS });
    const end = (answer: boolean) => () => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', end(true));
    socket.once('error', end(false));
    socket.once('timeout', end(false));
  });
}

/** Whether it is this program that answers at an address. Its certificate may be for another name: we are on its machine. */
export async function isOurs(address: string): Promise<boolean> {
  return await new Promise((resolve) => {
    const url = new URL('/api/health', address);
    const get = url.protocol === 'https:' ? getHttps : getHttp;
    const request = get(url, { timeout: PATIENCE_MS, rejectUnauthorized: false }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.on('end', () => resolve(/"outbox":/.test(text)));
    });
    request.once('error', () => resolve(false));
    request.once('timeout', () => request.destroy());
  });
}
