import type { Instant } from '#kernel/instant.ts';
import type {
  EnteredWhy,
  Judgement,
  ProcessDefinition,
  Queued,
  ReplyDraft,
  StepDefinition,
  StepInput,
  StepRef,
} from '#modules/process/domain/index.ts';
import type { HandbookVersion } from '#modules/process/index.ts';

/** What somebody says of a step that is done. */
export type StepReport = StepInput & {
  readonly orderId: string;
  readonly seq: number;
  readonly ref: StepRef;
  readonly reply?: ReplyDraft;
  /** Why one of the five ones is not kept (handbook), where what is reported sends the work back. */
  readonly exception?: string;
  /** Set by the complaint desk alone: a step that is judged there is finished by no plain report. */
  readonly judgement?: Judgement;
  /** Set by the sending of a named crew alone (repair): nobody is sent on what he is not qualified for. */
  readonly crewSent?: true;
  /** When it happened, by whoever says so; default now. */
  readonly occurredAt?: Instant;
  /** It was kept on a phone until it could be sent. */
  readonly queued?: Queued;
  /** 代录: who did it, and why somebody else enters it. */
  readonly enteredFor?: { readonly personId: string; readonly why: EnteredWhy };
  /** Files of the case that show it, added by who was there or who enters it. */
  readonly files?: readonly string[];
  /** Where the device was when it was entered: degrees, and metres of accuracy. */
  readonly position?: { readonly lat: number; readonly lon: number; readonly accuracy: number };
};

/** A step of an order as its report meets it. */
export type ReportedStep = {
  readonly report: StepReport;
  readonly version: HandbookVersion;
  readonly definition: ProcessDefinition;
  readonly step: StepDefinition;
  readonly cases: readonly { readonly id: string; readonly acceptedAt: Instant }[];
  /** When the order began; nothing of it happened earlier. */
  readonly startedAt: Instant;
  /** The case that the words of the report belong to. */
  readonly subject: string;
};
