import { createLazyRoute } from '@tanstack/react-router';
import { useEffect } from 'react';
import { PageSkeleton } from '../../../ui/Skeletons.tsx';

export const route = createLazyRoute('/field')({ component: FieldDoor });

/** The address is the crews' own page: the server has it, this program only leads there. */
function FieldDoor() {
  useEffect(() => window.location.reload(), []);
  return <PageSkeleton />;
}
