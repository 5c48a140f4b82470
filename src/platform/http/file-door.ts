import type { Readable } from 'node:stream';
import multipart from '@fastify/multipart';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Refusal, refuse } from '#kernel/result.ts';
import { LARGEST_FILE } from '../files/clean-file.ts';
import { attachmentHeader } from '../files/file-name.ts';

/** What came: the name as it was given and the bytes; neither is believed yet. */
export type Received = { readonly name: string; readonly bytes: Buffer };

export type FileToSend = {
  readonly name: string;
  readonly kind: 'jpeg' | 'png' | 'webp' | 'pdf';
  readonly bytes: Buffer;
};

const TYPES = { jpeg: 'image/jpeg', png: 'image/png', webp: 'image/webp', pdf: 'application/pdf' } as const;

/** Routes that take a file: one part, no other fields. Everything else in the program takes JSON only. */
export function fileDoor(app: FastifyInstance, routes: (scope: FastifyInstance) => void): void {
  app.register(async (scope) => {
    await scope.register(multipart, {
      limits: { fileSize: LARGEST_FILE, files: 1, fields: 0, parts: 1, headerPairs: 20 },
    });
    routes(scope);
  });
}

/** The one file of a request. Refusals: `file.missing`, `file.too-large`. */
export async function receiveFile(request: FastifyRequest): Promise<Received | Refusal> {
  if (!request.isMultipart()) return refuse('file.missing');
  try {
    const part = await request.file();
    if (part === undefined) return refuse('file.missing');
    return { name: part.filename ?? '', bytes: await part.toBuffer() };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code === 'FST_REQ_FILE_TOO_LARGE') return refuse('file.too-large', { limit: 10 });
    // Whatever else the reader of parts says is about the form of the request: broken, cut off, too many parts.
    request.log.info({ code }, 'upload refused');
    return refuse('file.missing');
  }
}

/**
 * Sends a file so that no browser runs it: as an attachment, with the type that its content has, in a sandbox, kept by
 * nobody.
 */
export function sendFile(reply: FastifyReply, file: FileToSend): FastifyReply {
  return reply
    .header('content-disposition', attachmentHeader(file.name))
    .header('content-security-policy', "default-src 'none'; sandbox")
    .header('x-content-type-options', 'nosniff')
    .header('cache-control', 'no-store')
    .type(TYPES[file.kind])
    .send(file.bytes);
}

/** Sends a file piece by piece; whoever goes away stops it. */
export function sendStream(
  reply: FastifyReply,
  file: { readonly name: string; readonly type: string; readonly content: Readable },
): FastifyReply {
  return reply
    .header('content-disposition', attachmentHeader(file.name))
    .header('x-content-type-options', 'nosniff')
    .header('cache-control', 'no-store')
    .type(file.type)
    .send(file.content);
}
