from kafka import KafkaAdminClient
from kafka.admin import NewTopic

admin = KafkaAdminClient(bootstrap_servers='localhost:9092')
admin.create_topics([NewTopic(name='events', num_partitions=3, replication_factor=1)])
print(f"listed {'events' in admin.list_topics()}", flush=True)
admin.close()
