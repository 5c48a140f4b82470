import type { Instant } from '#kernel/instant.ts';
import { isRefusal } from '#kernel/result.ts';
import { type CaseActor, caseView, nameOf, visibleCase } from '#modules/case/index.ts';
import { decideReclassification, type StepDefinition, unfitJudge } from '#modules/process/domain/index.ts';
import type { HandbookVersion, handbookLibrary } from '#modules/process/index.ts';
import type { Db } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import {
  findGrade,
  listDoersOf,
  listDuties,
  listKeptAway,
  listPartiesOf,
  listReclassifications,
  listVerdicts,
} from './complaint-reads.ts';
import { deskClocks } from './desk-clocks.ts';
import { complaintsOf } from './count-complaints.ts';
import { mayLetBack } from './keep-away.ts';
import { DECIDING_POSTS } from './reclassify.ts';
import type { ComplaintView, JudgementView, ReclassificationView } from './voice-api.ts';

type Head = {
  readonly process: string | null;
  readonly case_type: string;
  readonly version_id: string;
  readonly accused_unit: string | null;
  readonly supervision: number;
};

type Page = NonNullable<Awaited<ReturnType<typeof caseView>>>;

/** The desk of one complaint; undefined where there is no such case for this reader. */
export async function complaintView(
  db: Db,
  library: ReturnType<typeof handbookLibrary>,
  reader: CaseActor,
  id: string,
  now: Instant,
): Promise<ComplaintView | undefined> {
  const page = await caseView(db, library.version, reader, id, now);
  const head = page && (await findHead(db, reader, id, now));
  if (page === undefined || head === undefined) return undefined;
  const version = await library.version(db, reader.companyId, head.version_id);
  const clocks = await deskClocks(db, reader.companyId, [{ id, process: head.process, version }]);
  const parties = await listPartiesOf(db, reader.companyId, id);
  const grade = await findGrade(db, reader.companyId, id);
  const trail = await listReclassifications(db, reader.companyId, id);
  const pending = trail.some((one) => one.state === 'asked');
  const open = (page.order?.steps ?? []).filter((step) => step.state === 'active');
  return {
    id,
    no: page.no,
    caseType: page.caseType,
    state: page.state,
    acceptedAt: page.acceptedAt,
    accusedUnit: head.accused_unit,
    intakeUnit: page.intakeUnit,
    supervision: head.supervision,
    order: page.order === null ? null : { id: page.order.id, seq: page.order.seq },
    steps: open.map(({ name, unit, holder }) => ({ name, unit, holder })),
    clocks: clocks.get(id) ?? [],
    complaints: await complaintsOf(
      db,
      reader,
      { id, version, complaintClass: grade?.complaintClass ?? null },
      now,
    ),
    mayEscalate: page.escalationRisk,
    grade: grade ?? null,
    duties: (await listDuties(db, reader.companyId, id)).map((duty) => ({
      ...duty,
      post: nameOf(version.handbook.posts, duty.post),
    })),
    verdicts: await listVerdicts(db, reader.companyId, id),
    keptAway: (await listKeptAway(db, reader.companyId, id)).map(({ by, ...one }) => ({
      ...one,
      mayLetBack: page.state === 'open' && one.kind !== 'liable-unit' && mayLetBack(reader, by),
    })),
    reclassifications: trail.map((one): ReclassificationView => {
      const { from, to, askedById, ...rest } = one;
      return {
        ...rest,
        from: nameOf(version.handbook.caseTypes, from),
        to: nameOf(version.handbook.caseTypes, to),
        mayNot: one.state === 'asked' ? whyNot({ from, to, askedBy: askedById }, reader, parties) : null,
      };
    }),
    mayReclassify: page.state === 'open' && head.case_type === 'TS' && !pending,
    judgements: await judgementsOf(db, reader, page, { version, process: head.process, parties }),
  };
}

async function judgementsOf(
  db: Db,
  reader: CaseActor,
  page: Page,
  of: {
    readonly version: HandbookVersion;
    readonly process: string | null;
    readonly parties: readonly string[];
  },
): Promise<readonly JudgementView[]> {
  const { order } = page;
  if (order === null || order.state !== 'open') return [];
  const steps = (of.version.process(of.process ?? '')?.steps ?? []).filter(
    (step) => step.judgement !== undefined,
  );
  const views = steps.map(async (step): Promise<JudgementView | undefined> => {
    const take = order.actions.find((one) => one.action === 'take' && one.ref.step === step.id);
    const judge = order.actions.find((one) => one.action === 'do' && one.ref.step === step.id);
    const shown = order.steps.find((one) => one.id === step.id);
    if (take === undefined || step.judgement === undefined) return undefined;
    const unfit = await unfitFor(db, reader, order.id, step, of.parties);
    return {
      judgement: step.judgement,
      step: step.name,
      how: step.how,
      unit: shown?.unit ?? null,
      holder: shown?.holder ?? null,
      ref: take.ref,
      mayTake: take.allowed && unfit === null,
      mayJudge: judge?.allowed === true && unfit === null,
      reason: unfit ?? (take.allowed || judge?.allowed === true ? null : take.reason),
    };
  });
  return (await Promise.all(views)).filter((one) => one !== undefined);
}

/** Who did what is judged here, or belongs to a unit concerned, does not judge it: said before he tries. */
async function unfitFor(
  db: Db,
  reader: CaseActor,
  orderId: string,
  step: StepDefinition,
  parties: readonly string[],
): Promise<string | null> {
  if (step.judgement === 'grade') return null;
  const doers = await listDoersOf(db, reader.companyId, orderId, step.after);
  const fault = unfitJudge(reader, doers.find((one) => one === reader.personId) ?? '', parties);
  return fault?.refused ?? null;
}

function whyNot(
  asked: { readonly from: string; readonly to: string; readonly askedBy: string },
  reader: CaseActor,
  unitsConcerned: readonly string[],
): string | null {
  const decided = decideReclassification({ ...asked, judge: reader, unitsConcerned });
  if (isRefusal(decided)) return decided.refused;
  return reader.posts.some((post) => DECIDING_POSTS.includes(post)) ? null : 'complaint.judge-post';
}

async function findHead(db: Db, reader: CaseActor, id: string, now: Instant): Promise<Head | undefined> {
  return await db.maybe<Head>(sql`
    select c.process, c.case_type, c.handbook_version_id as version_id, c.supervision,
      u.name as accused_unit
    from cases c left join units u on u.company_id = c.company_id and u.id = c.accused_unit_id
    where c.company_id = ${reader.companyId} and c.id = ${id} and c.business = 'voice' and c.case_type in ('TS', 'YJ')
      and ${visibleCase(reader, now)}`);
}
