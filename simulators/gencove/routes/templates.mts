import type { FastifyInstance } from 'fastify';
import { Query } from '../pages.mts';
import { csvTemplate, TEMPLATE_TYPES, xlsxTemplate } from '../templates.mts';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const PUBLIC = { config: { public: true } };

/** Empty sample manifests to fill in. */
export function templateRoutes(api: FastifyInstance): void {
	api.get('/sample-manifests-csv-template/', PUBLIC, async (request, reply) => {
		const type = new Query(request.query).choice('template_type', TEMPLATE_TYPES) ?? '96_well';
		return reply.type('text/csv').header('content-disposition', `attachment; filename="sample_manifest_${type}.csv"`).send(Buffer.from(csvTemplate(type)));
	});

	api.get('/sample-manifests-xlsx-template/', PUBLIC, async (_request, reply) =>
		reply.type(XLSX).header('content-disposition', 'attachment; filename="sample_manifest.xlsx"').send(await xlsxTemplate()),
	);
}
