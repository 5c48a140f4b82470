import { useMutation, useQueryClient, type QueryKey } from '@tanstack/react-query';
import { useRef } from 'react';
import { type ApiError, type Headers, mayRepeat, newKey, write, type WriteMethod } from './api.ts';

type WriteSpec<Input> = {
  readonly method?: WriteMethod;
  readonly path: string | ((input: Input) => string);
  readonly body?: (input: Input) => unknown;
  readonly headers?: Headers;
  /** What the write makes stale. */
  readonly stale?: readonly QueryKey[];
};

/**
 * A write with a button behind it. While its outcome is unknown (no answer, 5xx, session locked) the next try carries
 * the same idempotency key; a changed input, a success or a refusal begins a new one.
 */
export function useWrite<Input, Output = void>(spec: WriteSpec<Input>) {
  const queryClient = useQueryClient();
  const attempt = useRef<{ key: string; input: string } | null>(null);

  return useMutation<Output, ApiError, Input>({
    mutationFn: async (input) => {
      const path = typeof spec.path === 'string' ? spec.path : spec.path(input);
      const body = spec.body ? spec.body(input) : input;
      const fingerprint = `${path} ${JSON.stringify(body)}`;
      if (attempt.current?.input !== fingerprint) attempt.current = { key: newKey(), input: fingerprint };
      return await write<Output>(spec.method ?? 'POST', path, body, attempt.current.key, spec.headers);
    },
    retry: (failures, error) => failures < 2 && error.status === 0,
    retryDelay: (failures) => 400 * 2 ** failures,
    // A write must fail loudly when the line is down, not wait unseen for it to come back.
    networkMode: 'always',
    onSuccess: async () => {
      attempt.current = null;
      await Promise.all((spec.stale ?? []).map((queryKey) => queryClient.invalidateQueries({ queryKey })));
    },
    onError: (error) => {
      if (!mayRepeat(error)) attempt.current = null;
    },
  });
}
