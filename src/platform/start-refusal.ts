/** Why the program does not start, in one sentence per language that also says what to do. Printed without a stack. */
export class StartRefusal extends Error {
  readonly zh: string;
  readonly en: string;

  constructor(zh: string, en: string, options?: ErrorOptions) {
    super(en, options);
    this.name = 'StartRefusal';
    this.zh = zh;
    this.en = en;
  }
}
