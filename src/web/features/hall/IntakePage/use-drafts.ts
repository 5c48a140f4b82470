import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import type { IntakeBody } from '#modules/case/case-api.ts';
import { emptyIntake } from '#modules/case/domain/index.ts';
import type { CallView } from '#modules/hall/call-api.ts';
import type { DraftContent, DraftView } from '#modules/hall/hall-api.ts';
import { newUuid } from '../../../lib/new-uuid.ts';
import { write } from '../../../lib/api.ts';
import { callQuery } from '../call-queries.ts';
import { draftsQuery } from '../hall-queries.ts';
import type { IntakeSearch } from '../intake-search.ts';
import { useDraftSaver } from './use-draft-saver.ts';

const nothingTyped: DraftContent = { intake: emptyIntake(), callId: null };

/**
 * The parked drafts of this person and the one in hand, named by the address. What is typed shows at once and is saved
 * beside; an empty draft is not saved at all.
 */
export function useDrafts() {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const search: IntakeSearch = useSearch({ strict: false });
  const { data, error, refetch } = useQuery(draftsQuery);
  const [edits, setEdits] = useState<ReadonlyMap<string, DraftContent>>(new Map());
  const [fresh, setFresh] = useState(newUuid);
  const saver = useDraftSaver(() => {
    setEdits(new Map());
    void refetch();
  });

  const id = search.draft ?? fresh;
  const kept = (data ?? []).map((draft) => ({ ...draft, content: edits.get(draft.id) ?? draft.content }));
  const unsaved = [...edits].flatMap(([one, content]): DraftView[] =>
    kept.some((draft) => draft.id === one) ? [] : [{ id: one, seq: 0, content, savedAt: 0 }],
  );
  const drafts = [...kept, ...unsaved];
  const current = drafts.find((draft) => draft.id === id);

  const open = (draft: string, replace = false): void =>
    void navigate({ to: '/intake', search: { draft }, replace });

  function change(content: DraftContent): void {
    setEdits((before) => new Map(before).set(id, content));
    saver.save(id, current?.seq ?? 0, content);
    if (search.draft !== id) void navigate({ to: '/intake', search: { draft: id }, replace: true });
  }

  /** Begins another draft beside those that are parked. */
  function begin(): void {
    const next = newUuid();
    setFresh(next);
    void navigate({ to: '/intake', search: {} });
  }

  /** The draft is no more: accepted, joined, or thrown away. */
  function drop(gone: string): void {
    saver.forget(gone);
    setEdits((before) => new Map([...before].filter(([one]) => one !== gone)));
    queryClient.setQueryData(draftsQuery.queryKey, (before) => before?.filter((one) => one.id !== gone));
  }

  async function discard(gone: string): Promise<void> {
    drop(gone);
    if (gone === id) begin();
    await write('POST', `/api/drafts/${gone}/discard`, {});
  }

  // Ctrl+K on a household fills the draft in hand where it has none yet; else it, or a call, begins a draft that is filled
  // in. The address then names the draft.
  const { household, call } = search;
  const loaded = data !== undefined;
  useEffect(() => {
    if (!loaded || (household === undefined && call === undefined)) return;
    const inHand = search.draft === undefined ? undefined : current;
    if (household !== undefined && call === undefined && inHand?.content.intake.householdId === null) {
      const { content } = inHand;
      change({ ...content, intake: { ...content.intake, householdId: household } });
      open(inHand.id, true);
      return;
    }
    let left = false;
    void beginFilled();
    async function beginFilled(): Promise<void> {
      const known = call === undefined ? undefined : await queryClient.fetchQuery(callQuery(call));
      if (left) return;
      const next = newUuid();
      const content = { intake: filledIn(known, household ?? null), callId: call ?? null };
      setEdits((before) => new Map(before).set(next, content));
      saver.save(next, 0, content);
      await navigate({ to: '/intake', search: { draft: next }, replace: true });
    }
    return () => {
      left = true;
    };
    // oxlint-disable-next-line react/exhaustive-deps -- once for each address that names a household or a call
  }, [household, call, loaded]);

  return {
    loaded,
    error,
    retry: () => void refetch(),
    id,
    drafts,
    content: current?.content ?? nothingTyped,
    saved: saver.state,
    open,
    change,
    begin,
    drop,
    discard,
    settle: () => saver.settle(id),
  };
}

/** An intake with everything that the call has told already. */
function filledIn(call: CallView | undefined, householdId: string | null): IntakeBody {
  const intake = { ...emptyIntake(), householdId };
  if (call === undefined) return intake;
  const { phone, mood, escalationRisk } = call;
  return { ...intake, channel: 'phone', contactPhone: phone, mood, escalationRisk };
}

export type Drafts = ReturnType<typeof useDrafts>;
