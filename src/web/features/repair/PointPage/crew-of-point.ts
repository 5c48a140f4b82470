import type { PointView } from '#modules/repair/crew-api.ts';

export type CrewOfPoint = PointView['crews'][number];
