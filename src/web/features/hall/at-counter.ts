const POSTS = ['clerk', 'hall-lead', 'station-lead'];

/** Posts that stand at a counter, with a queue before it. */
export function atCounter(post: string): boolean {
  return POSTS.includes(post);
}
