/**
 * Names by which a PDF acts, opens or carries something else (ISO 32000-1). A name may write any letter as `#xx`, so
 * those are undone first. What stands in compressed object streams is not seen: a PDF is therefore only ever served as an
 * attachment, never shown by us.
 */
const ACTING =
  /\/(JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA|SubmitForm|ImportData|GoToE)(?![A-Za-z])/;
/** The end mark stands in the last kilobyte (Acrobat's own rule). */
const TAIL = 1024;

export function checkPdf(bytes: Buffer): 'ok' | 'damaged' | 'script' {
  const tail = bytes.subarray(-TAIL).toString('latin1');
  if (!tail.includes('%%EOF')) return 'damaged';
  const text = bytes
    .toString('latin1')
    .replaceAll(/#([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return ACTING.test(text) ? 'script' : 'ok';
}
