/** A picture that holds nothing but the picture. */
export type CleanPicture = { readonly bytes: Buffer; readonly width: number; readonly height: number };
