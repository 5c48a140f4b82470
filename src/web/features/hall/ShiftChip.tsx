import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useT } from '../../lib/i18n.ts';
import { useMay } from '../../lib/session.ts';
import { shiftMessages } from './shift-messages.ts';
import { shiftQuery } from './shift-queries.ts';

/** In the top line, only while a shift is offered to this person. */
export function ShiftChip() {
  return useMay('shift.hand-over') ? <Chip /> : null;
}

function Chip() {
  const t = useT(shiftMessages);
  const navigate = useNavigate();
  const { data } = useQuery(shiftQuery);
  if (!data || data.offers.length === 0) return null;
  return (
    <Button size="small" onClick={() => void navigate({ to: '/shift' })}>
      {t('shift.chip')}
    </Button>
  );
}
