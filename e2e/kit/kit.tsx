import { createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { createRoot } from 'react-dom/client';
import { HOUR, MINUTE } from '#kernel/instant.ts';
import { App, newQueryClient } from '#web/app.tsx';
import { WallFrame } from '#web/frames/WallFrame.tsx';
import '#web/global.css';
import { ApiError } from '#web/lib/api.ts';
import { setServerClock } from '#web/lib/server-clock.ts';
import { ActionBar } from '#web/ui/ActionBar.tsx';
import { CaseLink } from '#web/ui/CaseLink.tsx';
import { DataList } from '#web/ui/DataList.tsx';
import { EmptyState } from '#web/ui/EmptyState.tsx';
import { ErrorPanel } from '#web/ui/ErrorPanel.tsx';
import { Ledger } from '#web/ui/Ledger.tsx';
import { PageHead } from '#web/ui/PageHead.tsx';
import { PersonalField } from '#web/ui/PersonalField.tsx';
import { ProcessGraph } from '#web/ui/ProcessGraph.tsx';
import { TimeLeft } from '#web/ui/TimeLeft.tsx';
import { Timeline } from '#web/ui/Timeline.tsx';

/** Every part of the kit on one page, so that a browser test can look at each. Not part of the product. */
const NOW = Date.parse('2026-11-23T16:40:00+08:00');
setServerClock({ now: NOW, scale: 1 });

const deadlines = [
  { dueAt: NOW + 20 * HOUR, startedAt: NOW - HOUR },
  { dueAt: NOW + 130 * MINUTE, startedAt: NOW - 130 * MINUTE },
  { dueAt: NOW + 12 * MINUTE, startedAt: NOW - 80 * MINUTE },
  { dueAt: NOW - 35 * MINUTE, startedAt: NOW - 80 * MINUTE },
  { dueAt: NOW + HOUR, metAt: NOW },
  { dueAt: NOW, paused: true },
  { dueAt: null },
];

const columns = [
  { key: 'number', title: '单号', width: '140px', cell: (row: Row) => row.number },
  { key: 'kind', title: '业务', width: '80px', cell: (row: Row) => row.kind, secondary: true },
  { key: 'place', title: '地址', width: 'minmax(0, 1fr)', cell: (row: Row) => row.place, secondary: true },
  { key: 'left', title: '还剩', width: 'minmax(130px, 150px)', cell: leftOf },
];

function leftOf(row: Row) {
  return <TimeLeft deadline={{ dueAt: row.dueAt, startedAt: NOW - 2 * HOUR }} />;
}

const layout = {
  nodes: [
    { id: 'accept', x: 0, y: 0, state: 'done', label: '受理', detail: '柜员 王秀英 09:10' },
    { id: 'contact', x: 1, y: 0, state: 'done', label: '联系客户', detail: '09:32' },
    { id: 'survey', x: 2, y: 0, state: 'returned', label: '现场勘查', detail: '龙山供电所' },
    { id: 'measure', x: 2, y: 1, state: 'active', label: '电压实测', detail: '电能质量专责' },
    { id: 'plan', x: 3, y: 0, state: 'waiting', label: '治理方案与项目立项审批' },
    { id: 'permit', x: 3, y: 1, state: 'skipped', label: '停电许可' },
    { id: 'answer', x: 4, y: 0, state: 'waiting', label: '答复客户', detail: '11月25日前' },
  ],
  edges: [
    { from: 'accept', to: 'contact' },
    { from: 'contact', to: 'survey' },
    { from: 'contact', to: 'measure' },
    { from: 'survey', to: 'plan' },
    { from: 'measure', to: 'permit' },
    { from: 'measure', to: 'plan' },
    { from: 'plan', to: 'answer' },
    { from: 'permit', to: 'answer' },
    { from: 'plan', to: 'survey', rework: true },
  ],
} as const;

const ledger = [
  { from: NOW - 30 * HOUR, to: NOW - 24 * HOUR, counted: true, why: '营业时间' },
  { from: NOW - 24 * HOUR, to: NOW - 6 * HOUR, counted: false, why: '等客户补资料(产权证)' },
  { from: NOW - 6 * HOUR, to: null, counted: true, why: '营业时间' },
];

type Row = { id: string; number: string; place: string; kind: string; dueAt: number };

async function fetchRows(cursor: string | null) {
  const from = Number(cursor ?? 0);
  const rows = Array.from({ length: 50 }, (_, index): Row => {
    const n = from + index;
    return {
      id: `c${n}`,
      number: `GZ20261123${String(n).padStart(5, '0')}`,
      place: '威海市文登区龙山街道办事处香水路文登学府小区 12 号楼 3 单元 1702 室',
      kind: n % 3 === 0 ? '故障报修' : '供电质量',
      dueAt: NOW + (n - 2) * 40 * MINUTE,
    };
  });
  return { rows, next: from + 50 < 10_000 ? String(from + 50) : null, total: 10_000, capped: true };
}

function Kit() {
  const [opened, setOpened] = useState<string>();
  const [filter, setFilter] = useState('');
  return (
    <main
      style={{
        padding: 24,
        display: 'grid',
        gridTemplateColumns: 'minmax(0, 1fr)',
        gap: 16,
        maxWidth: 1200,
        margin: '0 auto',
      }}
    >
      <PageHead
        title="供电质量 ZL2026112300017 电压低,空调带不动"
        owner="首问:城区营业厅 王秀英 · 在办:运检部"
        promise={<TimeLeft deadline={deadlines[1] ?? { dueAt: null }} />}
        actions={<Button>打印</Button>}
      />
      <p style={{ display: 'flex', flexWrap: 'wrap', gap: 24 }}>
        {deadlines.map((deadline) => (
          <TimeLeft key={JSON.stringify(deadline)} deadline={deadline} />
        ))}
      </p>
      <ProcessGraph layout={layout} />
      <Ledger lines={ledger} limit="24 小时" />
      <p>
        联系电话:
        <PersonalField label="联系电话" text="138****5521" masked reveal={async () => '13800005521'} />{' '}
        关联诉求 <CaseLink caseId="c1" number="GZ2026112300001" />
      </p>
      <ErrorPanel
        kept
        error={new ApiError(503, { code: 'http.503', message: '', requestId: '01JD-77' })}
        onRetry={() => setFilter('')}
      />
      <div style={{ height: 320 }}>
        <DataList<Row>
          label="我的待办"
          queryKey={['rows']}
          fetchPage={fetchRows}
          rowKey={(row) => row.id}
          onOpen={(row) => setOpened(row.id)}
          {...(opened === undefined ? {} : { openKey: opened })}
          filter={{ value: filter, onChange: setFilter, hint: '户号、地址、单号' }}
          empty={<EmptyState title="没有待办" body="派给您的工单会出现在这里。" />}
          columns={columns}
        />
      </div>
      <Timeline
        label="时间线"
        entries={[
          { id: '1', at: NOW, actor: '电能质量专责 于海涛', title: '开始实测', fresh: true },
          {
            id: '2',
            at: NOW - 7 * HOUR,
            actor: '坐席 丛明',
            title: '联系客户',
            body: '客户说傍晚最低,约 180 伏。',
          },
          { id: '3', at: NOW - 30 * HOUR, actor: '客户', title: '补了两张照片' },
        ]}
      />
      <ActionBar
        primary={{ id: 'done', label: '测完回单', allowed: true, run: () => setOpened('c3') }}
        others={[
          { id: 'urge', label: '催办', allowed: true, run: () => setOpened('c1') },
          {
            id: 'return',
            label: '退回',
            allowed: false,
            reason: '已有实测值,不能退回',
            run: () => setOpened('c2'),
          },
        ]}
      />
    </main>
  );
}

function Wall() {
  return (
    <WallFrame title="城区营业厅" dataAt={NOW - 10 * MINUTE}>
      <TimeLeft deadline={deadlines[2] ?? { dueAt: null }} />
    </WallFrame>
  );
}

const isWall = window.location.search === '?wall';
const root = createRootRoute({ component: isWall ? Wall : Kit, notFoundComponent: isWall ? Wall : Kit });
const router = createRouter({ routeTree: root });
const element = document.getElementById('root');
if (element === null) throw new Error('index.html has no #root');
createRoot(element).render(
  <App density={isWall ? 'wall' : 'desk'} dark={isWall} queryClient={newQueryClient()}>
    <RouterProvider router={router} />
  </App>,
);
