import { intakeWith } from '#modules/case/testing/intake-with.ts';
import type { Signed } from '#testing/company-client.ts';

const DARK_HOUSE = { process: 'repair-low', words: '家里突然没电了，邻居家有电' };

/** One call, of a dark house unless another is given, taken in over HTTP; answers the case. */
export async function takeIn(
  clerk: Signed,
  householdId: string,
  key: string,
  about: { readonly process: string; readonly words: string } = DARK_HOUSE,
): Promise<string> {
  const intake = intakeWith({
    ...about,
    channel: 'phone',
    householdId,
    contactName: '测试客户',
    contactPhone: '16400000000',
  });
  const answer = await clerk.post('/api/hall/intake', { draftId: null, callId: null, intake }, key);
  if (answer.status !== 200) throw new Error(`intake: ${answer.status} ${JSON.stringify(answer.body)}`);
  return (answer.body as { caseId: string }).caseId;
}
