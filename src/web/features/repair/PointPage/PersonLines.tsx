import type { CrewPerson, PointView } from '#modules/repair/crew-api.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { useToday } from '../use-today.ts';
import { PlainTable } from '../../../ui/PlainTable.tsx';
import { messages } from '../crew-messages.ts';
import type { CrewOfPoint } from './crew-of-point.ts';
import styles from './PointPage.module.css';

/** Who may do what until when, and on which cards he was trained. */
export function PersonLines({ crew, view }: { crew: CrewOfPoint; view: PointView }) {
  const t = useT(messages);
  const { language } = useLanguage();
  return (
    <PlainTable
      rows={crew.people}
      columns={[
        { title: t('col.person'), cell: (row) => row.name },
        { title: t('col.post'), minor: true, cell: (row) => row.post?.[language] },
        { title: t('col.skills'), cell: skillsOf },
        { title: t('col.trained'), cell: trainingsIn(view) },
      ]}
    />
  );
}

function skillsOf(person: CrewPerson) {
  return <Skills person={person} />;
}

function trainingsIn(view: PointView) {
  return (person: CrewPerson) => <Trainings person={person} view={view} />;
}

function Skills({ person }: { person: CrewPerson }) {
  const t = useT(messages);
  const today = useToday();
  if (person.skills.length === 0) return t('crew.noSkill');
  return person.skills
    .map(({ skill, untilOn }) => {
      const name = t(`skill.${skill}`);
      return untilOn < today ? t('crew.skillOver', { skill: name }) : name;
    })
    .join(' · ');
}

function Trainings({ person, view }: { person: CrewPerson; view: PointView }) {
  const t = useT(messages);
  const { language } = useLanguage();
  const today = useToday();
  const over = person.trainings.filter((one) => one.untilOn < today);
  const name = (card: string) => view.cards.find((one) => one.id === card)?.name[language] ?? card;
  return (
    <details>
      <summary>
        {t('crew.trainedOn', { n: person.trainings.length - over.length })}
        {over.length > 0 && ` · ${t('crew.ranOut', { n: over.length })}`}
      </summary>
      {person.trainings.map(({ card, untilOn }) => (
        <div key={card} className={styles['small']}>
          {untilOn < today
            ? t('crew.skillOver', { skill: name(card) })
            : t('crew.skillUntil', { skill: name(card), day: untilOn })}
        </div>
      ))}
    </details>
  );
}
