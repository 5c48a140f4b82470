import { intakeWith } from '#modules/case/testing/intake-with.ts';
import type { Signed } from '#testing/company-client.ts';

/** One call about a dark house, taken in over HTTP; answers the case. */
export async function takeIn(clerk: Signed, householdId: string, key: string): Promise<string> {
  const intake = intakeWith({
    channel: 'phone',
    process: 'repair-low',
    householdId,
    words: '家里突然没电了，邻居家有电',
    contactName: '测试客户',
    contactPhone: '16400000000',
  });
  const answer = await clerk.post('/api/hall/intake', { draftId: null, callId: null, intake }, key);
  if (answer.status !== 200) throw new Error(`intake: ${answer.status} ${JSON.stringify(answer.body)}`);
  return (answer.body as { caseId: string }).caseId;
}
