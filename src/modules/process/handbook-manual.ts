import { missingPapers } from './domain/step-input.ts';
import type { StepDefinition } from './domain/definition.ts';
import type { Handbook, Limit } from './handbook-schema.ts';

/** The manual of one post as Markdown: every step it does, with what, how and by when. Undefined: no such post. */
export function postManual(handbook: Handbook, post: string): string | undefined {
  const found = handbook.posts.find((one) => one.id === post);
  if (found === undefined) return undefined;

  const parts = [`# ${found.name.zh} 岗位标准操作手册`, '', found.duty, ''];
  for (const process of handbook.processes) {
    const steps = process.steps.filter((step) => step.post === post && step.kind !== 'automatic');
    if (steps.length === 0) continue;
    parts.push(`## ${process.name.zh}`, '', process.summary, '');
    for (const step of steps) {
      parts.push(`### ${step.name.zh}`, '', ...stepLines(step, handbook.limits));
      const papers = missingPapers(process, {}, step.id).map((paper) => paper.name.zh);
      if (papers.length > 0) parts.push(`* 到这一步必须有的资料：${papers.join('、')}`);
      parts.push('');
    }
  }
  return `${parts.join('\n').trimEnd()}\n`;
}

function stepLines(step: StepDefinition, limits: readonly Limit[]): readonly string[] {
  const lines = [
    `* 做什么：${step.what}`,
    `* 怎么做：${step.how}`,
    `* 何时完成：${byWhen(step.byWhen, limits)}`,
  ];
  for (const item of step.checklist ?? []) {
    lines.push(`* ${item.required === true ? '必查' : '可查'}:${item.text}(${EVIDENCE[item.evidence]})`);
  }
  const { complaintProne } = step;
  if (complaintProne !== undefined) {
    lines.push(`* 易发投诉：${complaintProne.risk}。管控：${complaintProne.control}`);
  }
  return lines;
}

function byWhen(text: string, limits: readonly Limit[]): string {
  const limit = limits.find((one) => one.id === text);
  if (limit === undefined) return text;
  const doubtful = limit.confidence === 'C' ? ',待核' : '';
  if (limit.value === 0) return `当日（${limit.id} ${limit.name.zh}${doubtful}）`;
  return `${limit.value} ${UNIT[limit.unit] ?? limit.unit}(${limit.id} ${limit.name.zh}${doubtful})`;
}

const EVIDENCE = { tick: '打勾', photo: '照片', signature: '签名', file: '文件' } as const;

const UNIT: Readonly<Record<string, string>> = { min: '分钟', h: '小时', cd: '天', wd: '个工作日' };
