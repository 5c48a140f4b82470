import { Link } from '@tanstack/react-router';

/** The address of a case's page; every figure and every mention leads there. */
export function casePath(caseId: string): string {
  return `/cases/${caseId}`;
}

/** A case by its number. */
export function CaseLink({ caseId, number }: { caseId: string; number: string }) {
  return <Link to={casePath(caseId)}>{number}</Link>;
}
