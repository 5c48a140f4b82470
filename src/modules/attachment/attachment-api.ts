export type CaseFile = {
  readonly id: string;
  /** Null: it was blanked, or the reader's steps do not show him the customer's files. */
  readonly name: string | null;
  readonly kind: 'jpeg' | 'png' | 'webp' | 'pdf';
  readonly bytes: number;
  readonly width: number | null;
  readonly height: number | null;
  readonly source: 'staff' | 'customer';
  readonly by: string | null;
  readonly at: number;
  readonly mayOpen: boolean;
  /** Put there by the reader himself, so his to take out again. */
  readonly mayBlank: boolean;
  /** It was taken out: only that there was one is left. */
  readonly blanked: boolean;
};

export type CaseFiles = {
  readonly files: readonly CaseFile[];
  /** How many more the case takes. */
  readonly room: number;
};

export type AddedFile = {
  readonly id: string;
  /** The same content was there already: nothing was added. */
  readonly already: boolean;
};
