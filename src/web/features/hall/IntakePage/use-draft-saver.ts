import { useCallback, useEffect, useRef, useState } from 'react';
import type { DraftContent } from '#modules/hall/hall-api.ts';
import { ApiError, mayRepeat, newKey, write } from '../../../lib/api.ts';

/** Long enough that a sentence is one save, short enough that a reload loses nothing anyone remembers typing. */
const SAVE_AFTER_MS = 400;
const RETRY_AFTER_MS = 3000;

export type SaveState = 'saved' | 'saving' | 'unsaved' | 'stale';

type Slot = {
  seq: number;
  wanted: DraftContent | null;
  /** Under way, or of unknown outcome: repeated with the same key until the server answers. */
  sending: { readonly content: DraftContent; readonly key: string } | null;
  busy: Promise<void> | null;
  timer: ReturnType<typeof setTimeout> | undefined;
};

/**
 * Sends drafts to the server one save after the other, each with the seq of the last. A lost line or a locked screen is
 * tried again until it works; a draft that another desk saved meanwhile is `stale` and is not overwritten.
 */
export function useDraftSaver(onStale: () => void) {
  const slots = useRef(new Map<string, Slot>());
  const [state, setState] = useState<SaveState>('saved');
  const stale = useRef(onStale);
  useEffect(() => {
    stale.current = onStale;
  });

  const put = useCallback(async (id: string, slot: Slot): Promise<void> => {
    if (slot.wanted === null) return;
    slot.sending ??= { content: slot.wanted, key: newKey() };
    const { content, key } = slot.sending;
    try {
      const { seq } = await write<{ seq: number }>(
        'PUT',
        `/api/drafts/${id}`,
        { seq: slot.seq, content },
        key,
      );
      slot.seq = seq;
      slot.sending = null;
      if (slot.wanted === content) slot.wanted = null;
      if (slot.wanted === null) setState('saved');
      else slot.timer = setTimeout(() => void send.current(id), SAVE_AFTER_MS);
    } catch (error) {
      // A draft that was accepted or thrown away meanwhile has nothing left to save.
      if (!slots.current.has(id)) return;
      if (mayRepeat(error)) {
        setState('unsaved');
        slot.timer = setTimeout(() => void send.current(id), RETRY_AFTER_MS);
        return;
      }
      slot.sending = null;
      slot.wanted = null;
      const elsewhere = error instanceof ApiError && error.body.code === 'hall.draft.stale';
      setState(elsewhere ? 'stale' : 'unsaved');
      if (elsewhere) {
        slots.current.delete(id);
        stale.current();
      }
    }
  }, []);

  // One save of a draft at a time.
  const send = useRef(async (id: string): Promise<void> => {
    const slot = slots.current.get(id);
    if (slot === undefined || slot.busy !== null) return;
    slot.busy = put(id, slot);
    await slot.busy;
    slot.busy = null;
  });

  const save = useCallback((id: string, seq: number, content: DraftContent): void => {
    const slot = slots.current.get(id) ?? newSlot(seq);
    slots.current.set(id, slot);
    slot.wanted = content;
    setState('saving');
    clearTimeout(slot.timer);
    slot.timer = setTimeout(() => void send.current(id), SAVE_AFTER_MS);
  }, []);

  /** Waits for a save under way and begins no other, so that none comes after the demand is accepted. */
  const settle = useCallback(async (id: string): Promise<void> => {
    const slot = slots.current.get(id);
    clearTimeout(slot?.timer);
    await slot?.busy;
    clearTimeout(slot?.timer);
  }, []);

  /** The draft was accepted or thrown away: nothing of it is sent any more. */
  const forget = useCallback((id: string): void => {
    clearTimeout(slots.current.get(id)?.timer);
    slots.current.delete(id);
    setState('saved');
  }, []);

  useEffect(() => {
    const flush = (): void => {
      for (const [id, slot] of slots.current) {
        clearTimeout(slot.timer);
        void send.current(id);
      }
    };
    window.addEventListener('pagehide', flush);
    return () => {
      window.removeEventListener('pagehide', flush);
      flush();
    };
  }, []);

  return { state, save, settle, forget };
}

function newSlot(seq: number): Slot {
  return { seq, wanted: null, sending: null, busy: null, timer: undefined };
}
