import { useQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState } from 'react';
import type { KnownFault, PageInfo, PagePlace } from '#modules/door/page-api.ts';
import { PhoneFrame } from '../../../frames/PhoneFrame.tsx';
import { formatSoon } from '../../../lib/format.ts';
import { useLanguage, useNames, useT } from '../../../lib/i18n.ts';
import { commonRefusals } from '../../../lib/messages.ts';
import { RefusalContext } from '../../../lib/refusals.ts';
import { useNow } from '../../../lib/server-clock.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { PageSkeleton } from '../../../ui/Skeletons.tsx';
import { messages, refusals } from '../messages.ts';
import { infoQuery, useReport } from '../report-queries.ts';
import { PlacePicker } from './PlacePicker.tsx';
import styles from './ReportPage.module.css';

const MINUTE = 60_000;
const CATALOGUES = [refusals, commonRefusals];
const PHONE = /^1\d{10}$|^0\d{9,11}$/;

/** A customer reports or asks without signing in: what, where, a few words, a phone. */
export function ReportPage() {
  return (
    <RefusalContext value={CATALOGUES}>
      <Page />
    </RefusalContext>
  );
}

function Page() {
  const t = useT(messages);
  const { language, setLanguage } = useLanguage();
  const info = useQuery(infoQuery);
  const [item, setItem] = useState<PageInfo['items'][number] | null>(null);
  const title = info.data?.company ?? t('title');
  return (
    <PhoneFrame title={title}>
      {info.error && <ErrorPanel error={info.error} onRetry={() => void info.refetch()} />}
      {!info.data && !info.error && <PageSkeleton />}
      {info.data && item === null && <What items={info.data.items} onChoose={setItem} />}
      {item !== null && <ReportForm key={item.id} item={item} onBack={() => setItem(null)} />}
      <footer className={styles['foot']}>
        <a href="tel:95598">{t('hotline')}</a>
        <Button type="link" onClick={() => setLanguage(language === 'zh' ? 'en' : 'zh')}>
          {t('top.language')}
        </Button>
      </footer>
    </PhoneFrame>
  );
}

function What(props: { items: PageInfo['items']; onChoose: (item: PageInfo['items'][number]) => void }) {
  const t = useT(messages);
  const name = useNames();
  return (
    <section>
      <h2>{t('what.title')}</h2>
      <p className={styles['danger']}>{t('danger')}</p>
      <div className={styles['buttons']}>
        {props.items.map((item) => (
          <Button key={item.id} size="large" onClick={() => props.onChoose(item)}>
            {name(item.name)}
          </Button>
        ))}
      </div>
    </section>
  );
}

function ReportForm({ item, onBack }: { item: PageInfo['items'][number]; onBack: () => void }) {
  const t = useT(messages);
  const name = useNames();
  const send = useReport();
  const [place, setPlace] = useState<PagePlace | null>(null);
  const [form, setForm] = useState({ accountNo: '', more: '', words: '', phone: '', name: '' });
  const [fine, setFine] = useState(false);
  const change = (part: Partial<typeof form>) => setForm({ ...form, ...part });
  const report = (insist: boolean) =>
    send.mutate({
      item: item.id,
      divisionCode: place?.code ?? null,
      accountNo: form.accountNo.trim() === '' ? null : form.accountNo.trim(),
      place: form.more.trim(),
      words: form.words.trim() === '' ? item.name.zh : form.words.trim(),
      name: form.name.trim() === '' ? null : form.name.trim(),
      phone: form.phone.trim(),
      insist,
    });
  if (fine) return <p role="status">{t('known.bye')}</p>;
  if (send.data && 'no' in send.data) return <Done no={send.data.no} link={send.data.link} />;
  if (send.data && 'known' in send.data)
    return (
      <Known
        known={send.data.known}
        sending={send.isPending}
        onInsist={() => report(true)}
        onFine={() => setFine(true)}
      />
    );
  const ready = PHONE.test(form.phone.trim()) && (place !== null || form.accountNo.trim() !== '');
  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault();
        report(false);
      }}
    >
      <div className={styles['chosen']}>
        <h2>{name(item.name)}</h2>
        <Button onClick={onBack}>{t('what.again')}</Button>
      </div>
      <PlacePicker place={place} onPlace={setPlace} />
      <label>
        <span>{t('where.account')}</span>
        <Input
          size="large"
          inputMode="numeric"
          maxLength={40}
          value={form.accountNo}
          onChange={(event) => change({ accountNo: event.target.value })}
        />
      </label>
      <label>
        <span>{t('where.more')}</span>
        <Input
          size="large"
          maxLength={120}
          value={form.more}
          onChange={(event) => change({ more: event.target.value })}
        />
      </label>
      <label>
        <span>{t('say.title')}</span>
        <Input.TextArea
          rows={3}
          maxLength={1000}
          placeholder={t('say.hint')}
          value={form.words}
          onChange={(event) => change({ words: event.target.value })}
        />
      </label>
      <label>
        <span>{t('who.phone')}</span>
        <Input
          size="large"
          type="tel"
          autoComplete="tel"
          maxLength={12}
          value={form.phone}
          onChange={(event) => change({ phone: event.target.value })}
        />
      </label>
      <label>
        <span>{t('who.name')}</span>
        <Input
          size="large"
          autoComplete="name"
          maxLength={60}
          value={form.name}
          onChange={(event) => change({ name: event.target.value })}
        />
      </label>
      {send.error && <ErrorPanel error={send.error} kept />}
      <Button type="primary" size="large" htmlType="submit" block disabled={!ready} loading={send.isPending}>
        {send.isPending ? t('sending') : t('send')}
      </Button>
    </form>
  );
}

function Known(props: { known: KnownFault; sending: boolean; onInsist: () => void; onFine: () => void }) {
  const t = useT(messages);
  const { language } = useLanguage();
  const now = useNow(MINUTE);
  const { since, reports, arrivedAt, dueAt, planned } = props.known;
  const time = (at: number) => formatSoon(at, now, language);
  return (
    <section className={styles['form']} role="status">
      <h2>{t('known.title')}</h2>
      <p>
        {planned
          ? t('known.planned', { time: time(since) })
          : t('known.since', { time: time(since), count: reports })}
      </p>
      {arrivedAt !== null && <p>{t('known.arrived', { time: time(arrivedAt) })}</p>}
      {dueAt !== null && dueAt > now && (
        <p>{t(planned ? 'known.plannedDue' : 'known.due', { time: time(dueAt) })}</p>
      )}
      <Button type="primary" size="large" block onClick={props.onFine}>
        {t('known.fine')}
      </Button>
      <Button size="large" block loading={props.sending} onClick={props.onInsist}>
        {t('known.insist')}
      </Button>
    </section>
  );
}

function Done({ no, link }: { no: string; link: string }) {
  const t = useT(messages);
  return (
    <section className={styles['form']} role="status">
      <h2>{t('done.title')}</h2>
      <p className={styles['no']}>{t('done.no', { no })}</p>
      <p>{t('done.keep')}</p>
      <Button type="primary" size="large" block href={link}>
        {t('done.follow')}
      </Button>
    </section>
  );
}
