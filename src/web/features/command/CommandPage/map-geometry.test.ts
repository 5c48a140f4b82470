import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clustersOf, planeAt, toScreen, viewOf, zoomed } from './map-geometry.ts';

const size = { width: 800, height: 600 };
const plane = planeAt([122, 37]);

test('all points are on the screen, north above, east at the right', () => {
  const points = [plane([121.8, 37.3]), plane([122.3, 36.9])];
  const view = viewOf(points, size);
  const [northWest, southEast] = points.map((point) => toScreen(view, size, point));
  assert.ok(northWest && southEast);
  assert.ok(northWest.x > 0 && northWest.y > 0 && southEast.x < size.width && southEast.y < size.height);
  assert.ok(northWest.x < southEast.x && northWest.y < southEast.y);
});

test('zooming keeps the point under the pointer, and has limits', () => {
  const view = viewOf([plane([122, 37])], size);
  const at = { x: 200, y: 450 };
  const there = { x: view.x + (at.x - 400) / view.scale, y: view.y + (at.y - 300) / view.scale };
  const after = toScreen(zoomed(view, size, at, 3), size, there);
  assert.ok(Math.hypot(after.x - at.x, after.y - at.y) < 1e-6);
  assert.equal(zoomed(view, size, at, 1e9).scale, 2000);
});

test('marks that would cover each other become one with their number; none is lost', () => {
  const placed = [
    { item: 'a', at: { x: 1, y: 1 } },
    { item: 'b', at: { x: 3, y: 5 } },
    { item: 'c', at: { x: 90, y: 5 } },
  ];
  assert.deepEqual(
    clustersOf(placed, 30).map(({ items, at }) => [items, at]),
    [
      [['a', 'b'], { x: 2, y: 3 }],
      [['c'], { x: 90, y: 5 }],
    ],
  );
});
