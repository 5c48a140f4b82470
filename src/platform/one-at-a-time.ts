/** Whoever asks while the work is under way shares the next turn, which begins after he asked. */
export function oneAtATime<T>(work: () => Promise<T>): () => Promise<T> {
  let atWork: Promise<unknown> = Promise.resolve();
  let next: Promise<T> | undefined;
  return () => {
    if (next !== undefined) return next;
    const turn = atWork.then(async () => {
      next = undefined;
      return await work();
    });
    next = turn;
    atWork = turn.catch(() => undefined);
    return turn;
  };
}
