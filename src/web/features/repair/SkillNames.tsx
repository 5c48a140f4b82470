import { SKILLS } from '#modules/repair/domain/index.ts';
import { useT } from '../../lib/i18n.ts';
import { messages } from './crew-messages.ts';

/** What somebody may do, in the order of the list of skills. */
export function SkillNames({ skills }: { skills: readonly string[] }) {
  const t = useT(messages);
  return SKILLS.filter((skill) => skills.includes(skill))
    .map((skill) => t(`skill.${skill}`))
    .join(' · ');
}
