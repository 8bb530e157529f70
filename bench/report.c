#include "bench/report.h"

#include <inttypes.h>
#include <math.h>

static void report_name(struct report *r, const char *name)
{
    fprintf(r->out, "%s\n%*s", r->more ? "," : "", (int)(2 * r->depth), "");
    if (name != NULL)
        fprintf(r->out, "\"%s\": ", name);
    r->more = true;
}

void report_open(struct report *r, const char *name)
{
    if (name != NULL)
        report_name(r, name);
    fputc('{', r->out);
    r->depth++;
    r->more = false;
}

void report_close(struct report *r)
{
    r->depth--;
    fprintf(r->out, "\n%*s}", (int)(2 * r->depth), "");
    r->more = true;
    if (r->depth == 0)
        fputc('\n', r->out);
}

void report_int(struct report *r, const char *name, int64_t value)
{
    report_name(r, name);
    fprintf(r->out, "%" PRId64, value);
}

void report_real(struct report *r, const char *name, double value)
{
    report_name(r, name);
    if (isfinite(value))
        fprintf(r->out, "%.6g", value);
    else
        fputs("null", r->out);
}

void report_text(struct report *r, const char *name, const char *value)
{
    report_name(r, name);
    fputc('"', r->out);
    for (; *value != '\0'; value++) {
        if (*value == '"' || *value == '\\')
            fputc('\\', r->out);
        fputc((unsigned char)*value < ' ' ? ' ' : *value, r->out);
    }
    fputc('"', r->out);
}

void report_bool(struct report *r, const char *name, bool value)
{
    report_name(r, name);
    fputs(value ? "true" : "false", r->out);
}

void report_hist(struct report *r, const char *name, const struct hist *h, bool buckets)
{
    static const struct {
        const char *name;
        double q;
    } at[] = {{"p50_us", 0.5},     {"p90_us", 0.9},       {"p99_us", 0.99},
              {"p99_9_us", 0.999}, {"p99_99_us", 0.9999}, {"max_us", 1}};
    report_open(r, name);
    report_int(r, "count", (int64_t)h->count);
    report_real(r, "mean_us", hist_mean(h) / 1e3);
    for (size_t i = 0; i < MR_COUNT(at) && h->count > 0; i++)
        report_real(r, at[i].name, (double)hist_quantile(h, at[i].q) / 1e3);
    if (buckets) {
        report_name(r, "buckets_ns");
        fputc('[', r->out);
        const char *comma = "";
        for (uint32_t i = 0; i < HIST_BUCKETS; i++) {
            if (h->bucket[i] == 0)
                continue;
            fprintf(r->out, "%s[%" PRIu64 ",%" PRIu64 "]", comma, hist_low(i), h->bucket[i]);
            comma = ",";
        }
        fputc(']', r->out);
    }
    report_close(r);
}

void report_use(struct report *r, const struct sample *from, const struct sample *to, double gb,
                uint64_t requests)
{
    double s = (double)(to->at_ns - from->at_ns) / 1e9;
    double self = to->self_cpu_s - from->self_cpu_s, busy = to->busy_s - from->busy_s, broker = 0;
    if (from->has_process && to->has_process) {
        broker = to->process_cpu_s - from->process_cpu_s;
        report_open(r, "broker");
        report_real(r, "cpu_s", broker);
        report_real(r, "cpu_share", broker / s);
        if (gb > 0)
            report_real(r, "cpu_s_per_gb", broker / gb);
        if (requests > 0)
            report_real(r, "cpu_us_per_request", broker * 1e6 / (double)requests);
        report_int(r, "rss_kib", (int64_t)to->rss_kib);
        report_int(r, "peak_kib", (int64_t)to->peak_kib);
        report_close(r);
    }
    if (from->has_device && to->has_device) {
        uint64_t bytes = to->write_bytes - from->write_bytes;
        report_open(r, "device");
        report_real(r, "flushes_per_s", (double)(to->flushes - from->flushes) / s);
        report_real(r, "write_mb_per_s", (double)bytes / 1e6 / s);
        report_real(r, "read_mb_per_s", (double)(to->read_bytes - from->read_bytes) / 1e6 / s);
        report_int(r, "flushes", (int64_t)(to->flushes - from->flushes));
        report_int(r, "writes", (int64_t)(to->writes - from->writes));
        report_int(r, "write_bytes", (int64_t)bytes);
        report_close(r);
    }
    report_open(r, "generator");
    report_real(r, "cpu_s", self);
    report_real(r, "cpu_share", self / s);
    if (requests > 0)
        report_real(r, "cpu_us_per_request", self * 1e6 / (double)requests);
    report_close(r);
    report_open(r, "machine");
    report_real(r, "busy_cpus", busy / s);
    report_real(r, "steal_cpus", (to->steal_s - from->steal_s) / s);
    if (from->has_process && to->has_process)
        report_real(r, "other_cpus", fmax(0, busy - self - broker) / s);
    report_close(r);
}
