/** One sentence a kind of failure, in both languages; the page says more from its own catalogue of codes. */
const SENTENCES: Readonly<Record<string, readonly [string, string]>> = {
  'http.not-json': ['请求须为 JSON，未写入任何内容。', 'The request must be JSON; nothing was written.'],
  'http.charset': ['只接受 UTF-8 编码，未写入任何内容。', 'Only UTF-8 is accepted; nothing was written.'],
  'http.not-utf8': [
    '内容不是有效的 UTF-8（可能是 GB18030），请转码后重发，未写入任何内容。',
    'The body is not valid UTF-8 (perhaps GB18030): convert and send again; nothing was written.',
  ],
  'http.too-deep': [
    '内容嵌套超过 32 层，未写入任何内容。',
    'Nested deeper than 32 levels; nothing was written.',
  ],
  'http.bad-text': [
    '文字含有空字符或残缺字符，请删去后重发，未写入任何内容。',
    'The text holds a NUL or half a character: remove it and send again; nothing was written.',
  ],
  'http.bad-key': ['内容含有不允许的字段名。', 'The body holds a field name that is not allowed.'],
  'http.invalid': [
    '字段 {field} 不符合要求：{rule}。未写入任何内容。',
    'Field {field} does not fit: {rule}. Nothing was written.',
  ],
  'http.too-large': ['内容太大，未写入任何内容。', 'The body is too large; nothing was written.'],
  'http.not-found': ['没有这个内容，或您无权查看。', 'There is no such thing, or it is not for you to see.'],
  'http.cross-site': ['请求来自别的网站，已拒绝。', 'The request came from another site and was refused.'],
  'http.key-missing': ['写操作须带 idempotency-key。', 'A write must carry an idempotency-key.'],
  'http.key-reused': [
    '同一个 idempotency-key 带了不同的内容，未写入。',
    'The idempotency-key was used for another request; nothing was written.',
  ],
  'http.answer-lost': [
    '这次写入先前已经完成，但当时的答复已无法读取，请刷新页面查看结果。',
    'This write was done before, but its answer can be read no more: load the page again to see the result.',
  ],
  'http.forbidden': ['您的岗位不能做这件事。', 'Your post may not do this.'],
  'http.unavailable': [
    '数据库暂时不可用，没有写入任何内容，请稍后重试。',
    'The database is not available; nothing was written. Try again shortly.',
  ],
  'http.disk-full': [
    '服务器磁盘已满，没有写入任何内容；请告诉管理员，腾出空间后再试。',
    'The server’s disk is full; nothing was written. Tell the administrator, and try again when there is space.',
  ],
  'http.failed': [
    '程序出错，没有写入任何内容；请把编号 {requestId} 告诉管理员。',
    'The program failed and wrote nothing; tell the administrator number {requestId}.',
  ],
  'session.none': ['请先登录。', 'Sign in first.'],
  'session.locked': ['屏幕已锁定，请输入密码。', 'The screen is locked: enter your password.'],
  'http.refused': ['不能这样做：{code}。未写入任何内容。', 'Refused: {code}. Nothing was written.'],
};

export function sentence(
  code: string,
  detail: Readonly<Record<string, string | number>>,
  acceptLanguage: string | undefined,
): string {
  const pair = SENTENCES[code] ?? SENTENCES['http.refused'];
  const text = pair?.[/^\s*en\b/i.test(acceptLanguage ?? '') ? 1 : 0] ?? code;
  return text.replace(/\{(\w+)\}/g, (_, name: string) =>
    String(name === 'code' ? code : (detail[name] ?? '')),
  );
}
