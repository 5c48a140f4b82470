import type { AddedFile } from '#modules/attachment/attachment-api.ts';
import type { FieldAnswer, FieldJobs } from '#modules/repair/field-api.ts';
import { ApiError, get, upload, write } from '../../lib/api.ts';
import type { BlobRef, Entry, Outcome } from '../../lib/queue/entry.ts';
import type { Transport } from '../../lib/queue/queue.ts';

/** A cellar answers nothing for minutes; nobody waits so long for one try. */
const PATIENCE = 20_000;
/** A photo over a thin line. */
const PHOTO_PATIENCE = 120_000;

export async function fetchJobs(): Promise<FieldJobs> {
  return await get<FieldJobs>('/api/field/jobs', AbortSignal.timeout(PATIENCE));
}

const GOT_THROUGH: readonly string[] = ['http.key-reused', 'http.answer-lost'];

export const transport: Transport = {
  upload: (ref: BlobRef, blob: Blob) =>
    outcomeOf(async () => {
      const file = new File([blob], `${ref.id}.jpg`, { type: blob.type });
      const { id } = await upload<AddedFile>(ref.path, file, {}, AbortSignal.timeout(PHOTO_PATIENCE));
      return { id };
    }),
  send: async (entry: Entry) => {
    const outcome = await outcomeOf(() =>
      write<FieldAnswer>(
        'POST',
        '/api/field/entries',
        entry.frozen,
        entry.id,
        {},
        AbortSignal.timeout(PATIENCE),
      ),
    );
    // The key is this entry's alone: known with other words or an answer that is lost, an earlier try of it got through.
    const through = outcome.kind === 'refused' && GOT_THROUGH.includes(outcome.code);
    return through ? { kind: 'done', answer: null } : outcome;
  },
};

/** What an answer means for the queue. Trouble that passes by itself waits; only a refusal that would come again is one. */
async function outcomeOf<T>(call: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return { kind: 'done', answer: await call() };
  } catch (error) {
    if (!(error instanceof ApiError)) {
      if (error instanceof DOMException) return { kind: 'later', network: true };
      throw error;
    }
    const { status, body } = error;
    if (status === 0) return { kind: 'later', network: true };
    if (status === 401) return { kind: 'sign-in' };
    if (status >= 500 || status === 408 || status === 429) return { kind: 'later', network: false };
    return { kind: 'refused', code: body.code, message: body.message, detail: body.detail ?? {} };
  }
}
