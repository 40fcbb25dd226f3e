/** Projects in the seeded user's account at BaseSpace, and the biosamples in them; their ids are texts of digits. */
export const BASESPACE_PROJECTS = [
	{ id: '400100200', name: 'Herd sequencing 2026', created: '2026-01-10T08:00:00Z', modified: '2026-01-12T08:00:00Z', biosamples: ['BS-COW-1', 'BS-COW-2', 'BS-COW-3'] },
	{ id: '400100201', name: 'Pilot', created: '2026-02-01T08:00:00Z', modified: '2026-02-01T09:00:00Z', biosamples: ['BS-PILOT-1'] },
];

/** A project as the service shows it. */
export const baseSpaceProject = ({ id, name, created, modified }: (typeof BASESPACE_PROJECTS)[number]) => ({
	basespace_id: id,
	basespace_name: name,
	basespace_description: `${name}, simulated`,
	basespace_date_created: created,
	basespace_date_modified: modified,
});

/** The biosamples of a project as the service shows them. */
export const biosamplesOf = ({ id, created, modified, biosamples }: (typeof BASESPACE_PROJECTS)[number]) =>
	biosamples.map((name, index) => ({
		basespace_id: `${id}${index + 1}`,
		basespace_bio_sample_name: name,
		basespace_date_created: created,
		basespace_date_modified: modified,
		basespace_status: 'New',
		basespace_lab_status: 'Sequencing',
		basespace_user_owned_by_id: '100200',
	}));
