import { HOUR } from '#kernel/instant.ts';

type ComplaintGrade = 'general' | 'important' | 'major' | 'special';

/** What is known about a complaint; each fact that is absent is taken as "no". Source: domain-rules §3.3. */
export type ComplaintFacts = {
  readonly passedOnBy?: 'state' | 'national' | 'provincial' | 'city' | 'none';
  readonly media?: 'national' | 'provincial' | 'city' | 'none';
  readonly mayCauseMassIncident?: boolean;
  readonly seriousOpinionRisk?: boolean;
  readonly injury?: boolean;
  readonly threatensGovernmentOrMedia?: boolean;
  readonly repeatedComplaint?: boolean;
};

export type GradeDuty = {
  readonly id:
    | 'tell-general-manager'
    | 'same-day-meeting'
    | 'province-report'
    | 'tell-deputy-manager'
    | 'tell-department-head';
  readonly post: string;
  /** Milliseconds from grading; null: the same day. */
  readonly within: number | null;
};

export type GradeDecision = {
  readonly grade: ComplaintGrade;
  readonly reasons: readonly string[];
  readonly duties: readonly GradeDuty[];
};

/** The grade of a complaint and what it obliges to (§3.3; the extra duties are the product's default, [D]). */
export function gradeComplaint(facts: ComplaintFacts): GradeDecision {
  const found = CRITERIA.filter((criterion) => criterion.met(facts));
  const grade = GRADES.find((one) => found.some((criterion) => criterion.grade === one)) ?? 'general';
  return {
    grade,
    reasons: found.filter((criterion) => criterion.grade === grade).map((criterion) => criterion.reason),
    duties: DUTIES[grade],
  };
}

const GRADES: readonly ComplaintGrade[] = ['special', 'major', 'important'];

type Criterion = {
  readonly grade: ComplaintGrade;
  readonly reason: string;
  readonly met: (facts: ComplaintFacts) => boolean;
};

const CRITERIA: readonly Criterion[] = [
  { grade: 'special', reason: 'grade.passed-on-by-state', met: (f) => f.passedOnBy === 'state' },
  { grade: 'special', reason: 'grade.national-media', met: (f) => f.media === 'national' },
  { grade: 'special', reason: 'grade.mass-incident', met: (f) => f.mayCauseMassIncident === true },
  {
    grade: 'major',
    reason: 'grade.passed-on-by-authority',
    met: (f) => f.passedOnBy === 'national' || f.passedOnBy === 'provincial',
  },
  { grade: 'major', reason: 'grade.provincial-media', met: (f) => f.media === 'provincial' },
  { grade: 'major', reason: 'grade.opinion-risk', met: (f) => f.seriousOpinionRisk === true },
  { grade: 'major', reason: 'grade.injury', met: (f) => f.injury === true },
  { grade: 'important', reason: 'grade.passed-on-by-city', met: (f) => f.passedOnBy === 'city' },
  { grade: 'important', reason: 'grade.city-media', met: (f) => f.media === 'city' },
  { grade: 'important', reason: 'grade.threat', met: (f) => f.threatensGovernmentOrMedia === true },
  { grade: 'important', reason: 'grade.repeated', met: (f) => f.repeatedComplaint === true },
];

const DUTIES: Readonly<Record<ComplaintGrade, readonly GradeDuty[]>> = {
  special: [
    { id: 'tell-general-manager', post: 'general-manager', within: null },
    { id: 'same-day-meeting', post: 'control-officer', within: null },
    { id: 'province-report', post: 'control-officer', within: null },
  ],
  major: [{ id: 'tell-deputy-manager', post: 'deputy-manager', within: HOUR }],
  important: [{ id: 'tell-department-head', post: 'department-head', within: 4 * HOUR }],
  general: [],
};
